package io.xtribe.fusionhub.intake;

import java.util.LinkedHashMap;
import java.util.Map;

import io.xtribe.fusionhub.nats.Delivery;

/**
 * How often this hub has failed unexpectedly to handle a signal. JetStream's own count of deliveries cannot be used: it also
 * grows while the store is away, and when a hub that stops hands signals back. Bounded; the oldest signal is forgotten first,
 * and is then redelivered more often before it becomes a dead letter.
 */
final class UnexpectedFailures {

    private static final int MOST_SIGNALS = 4_096;

    /** With the time: sequences begin anew where the stream is made anew. */
    private record Key(long sequence, long storedAt) {
        static Key of(Delivery delivery) {
            return new Key(delivery.sequence(), delivery.storedAt());
        }
    }

    private final Map<Key, Integer> times = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Integer> eldest) {
            return size() > MOST_SIGNALS;
        }
    };

    /** One more; returns how many there are now. */
    synchronized int count(Delivery delivery) {
        return times.merge(Key.of(delivery), 1, Integer::sum);
    }

    /** The signal was acknowledged and does not come again. */
    synchronized void forget(Delivery delivery) {
        times.remove(Key.of(delivery));
    }
}
