package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jboss.logging.Logger;

/** Hands back many leases within the time that a stopping hub has: the most urgent first, several at once. */
final class HandBack {
    private static final Logger LOG = Logger.getLogger(HandBack.class);
    private static final int AT_ONCE = 8;
    /** Less than camel.main.shutdown-timeout, after which Camel stops waiting. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private HandBack() {}

    /** Returns when all are handed back, or the time limit is reached. */
    static void inOrder(Map<String, WorkLane> lanes, Consumer<String> handBack) {
        if (lanes.isEmpty()) {
            return;
        }
        var tasks = lanes.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> (Callable<Void>) () -> {
                    handBack.accept(entry.getKey());
                    return null;
                })
                .toList();
        var threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, tasks.size()));
        try {
            var late = threads.invokeAll(tasks, LIMIT.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .filter(task -> task.isCancelled())
                    .count();
            if (late > 0) {
                LOG.warnf(
                        "%d incidents could not be handed back in time; another hub works on them when their lease is over",
                        late);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }
}
