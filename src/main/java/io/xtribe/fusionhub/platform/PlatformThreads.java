package io.xtribe.fusionhub.platform;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.camel.util.concurrent.ThreadType;

import io.xtribe.fusionhub.config.FusionConfig;

/**
 * Threads: for each platform its own, as many as calls may be in flight there, so that a hanging platform fills only
 * its own; and some for the branches in between, which never wait for a platform. Virtual where the JDK has them.
 */
class PlatformThreads {

    private static final int BRANCHES = 32;
    private static final long IDLE_SECONDS = 30;

    @Produces
    @Singleton
    @Named("branches")
    ExecutorService branches() {
        return pool("branches", BRANCHES);
    }

    @Produces
    @Singleton
    @Named("datadogPool")
    ExecutorService datadog(FusionConfig config) {
        return pool("datadog", config.datadog().concurrency());
    }

    @Produces
    @Singleton
    @Named("servicenowPool")
    ExecutorService servicenow(FusionConfig config) {
        return pool("servicenow", config.servicenow().concurrency());
    }

    @Produces
    @Singleton
    @Named("pagerdutyPool")
    ExecutorService pagerduty(FusionConfig config) {
        return pool("pagerduty", config.pagerduty().concurrency());
    }

    private static ExecutorService pool(String name, int size) {
        var pool = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                // Asks camel.threads.virtual.enabled itself whether to make virtual threads.
                new CamelThreadFactory("#name#-#counter#", name, true));
        // A virtual thread that waits costs next to nothing, but a waiting with an end to it costs a timer each time.
        pool.allowCoreThreadTimeOut(ThreadType.current() == ThreadType.PLATFORM);
        return pool;
    }
}
