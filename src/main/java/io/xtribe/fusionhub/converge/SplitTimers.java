package io.xtribe.fusionhub.converge;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor.CallerRunsPolicy;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/**
 * Makes the timer that ends a parallel split after {@code fusion.converge.patience}. Camel's own has no core thread, on
 * virtual threads in any case, and such a timer of the JDK wakes up every 10 ms for as long as a split is under way
 * (JDK-8129861). Camel takes the one bean of this type.
 */
@Singleton
@Named("splitTimers")
class SplitTimers extends DefaultThreadPoolFactory {

    @Override
    public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
        var timer =
                new ScheduledThreadPoolExecutor(Math.max(1, profile.getPoolSize()), threads, new CallerRunsPolicy());
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }
}
