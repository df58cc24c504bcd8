package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

import io.xtribe.fusionhub.http.OutOfMemoryExit;

/**
 * Takes leases from the work queue and sends them through the route without waiting for their end, up to a limit. A suspended
 * or stopped consumer takes none: what is under way finishes, and what is not begun goes back into the work set. A
 * quarter of the limit is kept for new incidents, so that these never wait for older incidents to be brought up to date.
 *
 * <p>No failure may end the loop: the hub would go on to take signals in, and would page nobody.
 */
final class WorkConsumer extends DefaultConsumer implements Suspendable {
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final WorkQueue queue;
    private final Semaphore permits;
    private final int reserved;
    private ExecutorService loop;

    WorkConsumer(Endpoint endpoint, Processor processor, WorkQueue queue, int concurrency) {
        super(endpoint, processor);
        this.queue = queue;
        this.permits = new Semaphore(concurrency);
        this.reserved = concurrency / 4;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        queue.open();
        if (loop == null) {
            loop = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, "work");
            loop.execute(this::run);
        }
    }

    @Override
    protected void doResume() throws Exception {
        super.doResume();
        queue.open();
    }

    @Override
    protected void doSuspend() throws Exception {
        queue.close();
        super.doSuspend();
    }

    @Override
    protected void doStop() throws Exception {
        if (loop != null) {
            // Not interrupted: a lease that is just being taken would stay taken until it ends, without any work.
            getEndpoint().getCamelContext().getExecutorServiceManager().shutdownGraceful(loop);
            loop = null;
        }
        queue.close();
        super.doStop();
    }

    private void run() {
        try {
            while (!isStoppingOrStopped()) {
                if (!permits.tryAcquire(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS)) {
                    continue;
                }
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Hands one incident to the route, if one is due. The permit is given back also after a failure. */
    private void turn() throws InterruptedException {
        var permit = new AtomicBoolean(true);
        try {
            var lease = isStarted() ? next() : Optional.<Lease>empty();
            if (lease.isPresent()) {
                send(lease.get(), permit);
            } else {
                free(permit);
                idleWhileSuspended();
            }
        } catch (InterruptedException e) {
            free(permit);
            throw e;
        } catch (Throwable e) {
            free(permit);
            OutOfMemoryExit.check(e);
            getExceptionHandler().handleException("Cannot work on the next incident", e);
            TimeUnit.MILLISECONDS.sleep(LOOK_UP.toMillis());
        }
    }

    private void free(AtomicBoolean permit) {
        if (permit.compareAndSet(true, false)) {
            permits.release();
        }
    }

    private Optional<Lease> next() throws InterruptedException {
        var lease = queue.next(LOOK_UP, this::lastLane);
        if (lease.isPresent() && !isStarted()) {
            // Suspended or stopped while it waited.
            queue.returned(lease.get());
            return Optional.empty();
        }
        return lease;
    }

    private WorkLane lastLane() {
        return permits.availablePermits() < reserved ? WorkLane.TRIGGER : WorkLane.FOLLOW_UP;
    }

    private void send(Lease lease, AtomicBoolean permit) {
        var isDone = new AtomicBoolean();
        try {
            var exchange = createExchange(false);
            exchange.getIn().setBody(lease);
            getAsyncProcessor().process(exchange, doneSync -> {
                done(lease, exchange.getException(), permit, isDone);
                releaseExchange(exchange, false);
            });
        } catch (Throwable e) {
            done(lease, e, permit, isDone);
            throw e;
        }
    }

    private void done(Lease lease, Throwable failure, AtomicBoolean permit, AtomicBoolean isDone) {
        if (isDone.compareAndSet(false, true)) {
            try {
                queue.done(lease, failure);
            } finally {
                free(permit);
                queue.lookAgain();
            }
        }
    }

    private void idleWhileSuspended() throws InterruptedException {
        if (!isStarted()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_UP.toMillis());
        }
    }
}
