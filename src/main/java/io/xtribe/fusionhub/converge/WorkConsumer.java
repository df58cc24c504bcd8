package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/**
 * Takes passes off the desk and sends them through the route without waiting for their end, up to a limit. A
 * suspended or stopped consumer takes none; what is under way finishes, and what is not stays in the work set.
 */
final class WorkConsumer extends DefaultConsumer implements Suspendable {

    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final WorkDesk desk;
    private final Semaphore permits;
    private ExecutorService loop;

    WorkConsumer(Endpoint endpoint, Processor processor, WorkDesk desk, int concurrency) {
        super(endpoint, processor);
        this.desk = desk;
        this.permits = new Semaphore(concurrency);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (loop == null) {
            loop = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "work");
            loop.execute(this::run);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (loop != null) {
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownNow(loop);
            loop = null;
        }
        super.doStop();
    }

    private void run() {
        try {
            while (!isStoppingOrStopped()) {
                permits.acquire();
                var pass = isStarted() ? next() : Optional.<Pass>empty();
                if (pass.isPresent()) {
                    send(pass.get());
                } else {
                    permits.release();
                    idleWhileSuspended();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing may end the loop: without it the hub would take signals in and page nobody. */
    private Optional<Pass> next() throws InterruptedException {
        try {
            var pass = desk.next(LOOK_UP);
            if (pass.isPresent() && !isStarted()) {
                // Suspended or stopped while it waited.
                desk.giveBack(pass.get());
                return Optional.empty();
            }
            return pass;
        } catch (RuntimeException e) {
            getExceptionHandler().handleException("Cannot take up the next incident", e);
            TimeUnit.MILLISECONDS.sleep(LOOK_UP.toMillis());
            return Optional.empty();
        }
    }

    private void send(Pass pass) {
        var exchange = createExchange(false);
        exchange.getIn().setBody(pass);
        exchange.setProperty(Pass.PROPERTY, pass);
        getAsyncProcessor().process(exchange, doneSync -> {
            desk.done(pass, exchange.getException());
            releaseExchange(exchange, false);
            permits.release();
        });
    }

    private void idleWhileSuspended() throws InterruptedException {
        if (!isStarted()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_UP.toMillis());
        }
    }
}
