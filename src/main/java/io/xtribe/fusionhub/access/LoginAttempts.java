package io.xtribe.fusionhub.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;

/**
 * Slows down who tries passwords: after five failures for a name from one address, one attempt every ten seconds; and no more than
 * ten attempts a second altogether, since each takes a tenth of a second of a core.
 */
@Singleton
class LoginAttempts {

    private static final int AT_ONCE = 5;
    private static final Duration ANOTHER = Duration.ofSeconds(10);
    private static final int EACH_SECOND = 10;
    private static final int MOST_REMEMBERED = 10_000;

    private final Bucket all = Bucket.builder()
            .addLimit(limit -> limit.capacity(EACH_SECOND).refillGreedy(EACH_SECOND, Duration.ofSeconds(1)))
            .build();

    private final Map<String, Bucket> failures = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    /** Whether one more attempt may be made now. It counts as a failure until {@link #succeeded} is said. */
    boolean begin(String name, String address) {
        return bucket(name, address).tryConsume(1) && all.tryConsume(1);
    }

    void succeeded(String name, String address) {
        synchronized (failures) {
            failures.remove(key(name, address));
        }
    }

    private Bucket bucket(String name, String address) {
        synchronized (failures) {
            return failures.computeIfAbsent(key(name, address), any -> Bucket.builder()
                    .addLimit(limit -> limit.capacity(AT_ONCE).refillGreedy(1, ANOTHER))
                    .build());
        }
    }

    private static String key(String name, String address) {
        return address + " " + name;
    }
}
