package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * When this hub looks at which incident next. What is due is handed out by lane, and within a lane by how long it has
 * been due. In memory only: the work set on KV is authoritative.
 */
final class WorkSchedule {
    /** An incident, its lane and when it is looked at. */
    record Item(String id, WorkLane lane, long at) {}

    private static final Comparator<Item> BY_TIME = (one, other) -> {
        var earlier = Long.compare(one.at() - other.at(), 0);
        return earlier != 0 ? earlier : one.id().compareTo(other.id());
    };

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Item> items = new HashMap<>();
    private final TreeSet<Item> waiting = new TreeSet<>(BY_TIME);
    private final TreeSet<Item> due =
            new TreeSet<>(Comparator.comparing(Item::lane).thenComparing(BY_TIME));

    /** Looks at an incident after this time; earlier, and in a more urgent lane, if that was planned already. */
    void in(String id, WorkLane lane, Duration wait) {
        lock.lock();
        try {
            var next = new Item(id, lane, System.nanoTime() + wait.toNanos());
            var planned = remove(id);
            if (planned != null) {
                next = new Item(
                        id, lane.orMoreUrgent(planned.lane()), planned.at() - next.at() < 0 ? planned.at() : next.at());
            }
            items.put(id, next);
            waiting.add(next);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void forget(String id) {
        lock.lock();
        try {
            remove(id);
        } finally {
            lock.unlock();
        }
    }

    boolean holds(String id) {
        lock.lock();
        try {
            return items.containsKey(id);
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return items.size();
        } finally {
            lock.unlock();
        }
    }

    /** For how long the one that has been due for longest has waited; zero when none is due. */
    Duration oldestDue() {
        lock.lock();
        try {
            var now = System.nanoTime();
            var oldest = waiting.isEmpty() ? 0 : now - waiting.first().at();
            for (var item : due) {
                oldest = Math.max(oldest, now - item.at());
            }
            return Duration.ofNanos(Math.max(0, oldest));
        } finally {
            lock.unlock();
        }
    }

    /** Looks again at what may be handed out. */
    void lookAgain() {
        lock.lock();
        try {
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * The next incident to look at, or null when none came due within the time.
     *
     * @param last the last lane that may be handed out now; asked again whenever something has changed
     */
    Item next(Duration limit, Supplier<WorkLane> last) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            for (; ; ) {
                var now = System.nanoTime();
                while (!waiting.isEmpty() && waiting.first().at() - now <= 0) {
                    due.add(waiting.pollFirst());
                }
                if (!due.isEmpty() && due.first().lane().compareTo(last.get()) <= 0) {
                    var next = due.pollFirst();
                    items.remove(next.id());
                    return next;
                }
                var left = end - now;
                if (left <= 0) {
                    return null;
                }
                changed.awaitNanos(
                        waiting.isEmpty()
                                ? left
                                : Math.min(left, waiting.first().at() - now));
            }
        } finally {
            lock.unlock();
        }
    }

    private Item remove(String id) {
        var planned = items.remove(id);
        if (planned != null && !waiting.remove(planned)) {
            due.remove(planned);
        }
        return planned;
    }
}
