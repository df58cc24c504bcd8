package io.xtribe.fusionhub.platform;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.camel.util.concurrent.ThreadType;

import io.xtribe.fusionhub.platform.availability.Lane;

/**
 * The threads of one platform, as many as calls may be in flight there, so that a platform that hangs uses up only its
 * own. What waits for a thread is taken by lane, and within a lane in the order of arrival; but nobody is overtaken for long,
 * or the attempt would grow old meanwhile.
 */
final class LanePool implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;
    /** Of two calls the one that is a lane more urgent goes first, if it came at most so much later. */
    private static final long HEAD_START_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final AtomicLong arrivals = new AtomicLong();
    private final ThreadPoolExecutor threads;

    /** Virtual threads where the JDK has them. */
    LanePool(String name, int size) {
        this(name, size, System::nanoTime);
    }

    LanePool(String name, int size, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        threads = new ThreadPoolExecutor(
                size,
                size,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new PriorityBlockingQueue<>(),
                // Asks camel.threads.virtual.enabled itself whether to make virtual threads.
                new CamelThreadFactory("#name#-#counter#", name, true));
        // A virtual thread that waits costs next to nothing, but a waiting with an end to it costs a timer each time.
        threads.allowCoreThreadTimeOut(ThreadType.current() == ThreadType.PLATFORM);
    }

    /**
     * Runs a task as soon as there is a thread for it.
     *
     * @throws java.util.concurrent.RejectedExecutionException after {@link #close}
     */
    void execute(Lane lane, Runnable task) {
        var turn = nanoTime.getAsLong() + lane.ordinal() * HEAD_START_NANOS;
        threads.execute(new Waiting(turn, arrivals.getAndIncrement(), task));
    }

    /** Takes no more tasks; those under way and those that wait are finished. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private record Waiting(long turn, long arrival, Runnable task) implements Runnable, Comparable<Waiting> {
        @Override
        public void run() {
            task.run();
        }

        @Override
        public int compareTo(Waiting other) {
            return turn != other.turn ? Long.compare(turn - other.turn, 0) : Long.compare(arrival, other.arrival);
        }
    }
}
