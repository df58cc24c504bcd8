package io.xtribe.fusionhub.work;

/** Marks in the work set that all hubs share, of which this hub's queue knows at once. */
public final class QueuedMarks implements WorkMarks {

    private final WorkSet work;
    private final WorkQueue queue;

    public QueuedMarks(WorkSet work, WorkQueue queue) {
        this.work = work;
        this.queue = queue;
    }

    @Override
    public void enter(String id, WorkLane lane) {
        work.enterTrigger(id, lane).ifPresent(queue::enter);
    }

    @Override
    public void mark(String id, WorkLane lane) {
        work.mark(id, lane);
        queue.wake(id, lane);
    }
}
