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

/** Threads for the branches of a pass, which never wait for a platform: those that do are in {@link LanePool}. */
class BranchThreads {

    private static final int BRANCHES = 32;
    private static final long IDLE_SECONDS = 30;

    @Produces
    @Singleton
    @Named("branches")
    ExecutorService branches() {
        return pool("branches", BRANCHES);
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
