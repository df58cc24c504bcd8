package io.xtribe.fusionhub.platform;

import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.camel.util.concurrent.ThreadType;

import io.xtribe.fusionhub.platform.availability.Lane;

/**
 * The threads of one platform, as many as calls may be in flight there, so that a platform that hangs uses up only its
 * own. What waits for a thread is taken by lane, and within a lane in the order of arrival.
 */
final class LanePool implements AutoCloseable {

    private static final long IDLE_SECONDS = 30;

    private final AtomicLong arrivals = new AtomicLong();
    private final ThreadPoolExecutor threads;

    /** Virtual threads where the JDK has them. */
    LanePool(String name, int size) {
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
        threads.execute(new Waiting(lane, arrivals.getAndIncrement(), task));
    }

    /** Takes no more tasks; those under way and those that wait are finished. */
    @Override
    public void close() {
        threads.shutdown();
    }

    private record Waiting(Lane lane, long arrival, Runnable task) implements Runnable, Comparable<Waiting> {
        @Override
        public void run() {
            task.run();
        }

        @Override
        public int compareTo(Waiting other) {
            return lane != other.lane ? lane.compareTo(other.lane) : Long.compare(arrival, other.arrival);
        }
    }
}
