package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** When this hub looks at which incident next. In memory only: the work set on KV is what counts. */
final class WorkAgenda {

    private record Item(String id, long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    private static final Duration BEFORE_ALL_OTHERS = Duration.ofDays(-1);

    private final DelayQueue<Item> queue = new DelayQueue<>();
    private final Map<String, Item> items = new ConcurrentHashMap<>();

    /** Looks at an incident now, before all others that are not urgent and however long they have waited. */
    void urgently(String id) {
        in(id, BEFORE_ALL_OTHERS);
    }

    /** Looks at an incident after this time, or earlier if that was planned already. */
    void in(String id, Duration wait) {
        var item = new Item(id, System.nanoTime() + wait.toNanos());
        items.compute(id, (key, planned) -> {
            if (planned != null && planned.at() <= item.at()) {
                return planned;
            }
            if (planned != null) {
                queue.remove(planned);
            }
            queue.add(item);
            return item;
        });
    }

    void forget(String id) {
        var item = items.remove(id);
        if (item != null) {
            queue.remove(item);
        }
    }

    boolean holds(String id) {
        return items.containsKey(id);
    }

    int size() {
        return items.size();
    }

    /** The next incident to look at, or null when none came due within the time. */
    String next(Duration limit) throws InterruptedException {
        var item = queue.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (item == null) {
            return null;
        }
        items.remove(item.id(), item);
        return item.id();
    }
}
