package io.xtribe.fusionhub.console.jmx;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.xtribe.fusionhub.deadletter.DeadLetterStream.Overview;

/** How many dead letters there are, for whoever looks: asked of NATS at most every few seconds, and waited for a moment only. */
final class LetterOverview {

    private static final Logger LOG = Logger.getLogger(LetterOverview.class);
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMillis(300);

    private final Supplier<Overview> source;
    private CompletableFuture<Overview> asked;
    private long askedAt;
    private volatile Overview last;

    LetterOverview(Supplier<Overview> source) {
        this.source = source;
    }

    /** What NATS has told last; empty while it has told nothing. */
    Optional<Overview> get() {
        try {
            last = ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("NATS does not tell how many dead letters there are", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(last);
    }

    private synchronized CompletableFuture<Overview> ask() {
        var now = System.nanoTime();
        if (asked == null || asked.isDone() && now - askedAt > FRESH.toNanos()) {
            askedAt = now;
            asked = CompletableFuture.supplyAsync(source, LetterOverview::run);
        }
        return asked;
    }

    private static void run(Runnable task) {
        var thread = new Thread(task, "dead-letter-overview");
        thread.setDaemon(true);
        thread.start();
    }
}
