package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * When this hub first saw each work entry, and the lease in it, by its own monotonic clock. What an entry says about
 * time is counted from then. The clock of the host that wrote it is not used.
 */
final class WorkSightings {
    private record Sighting(long revision, long seen, long waitMillis, String lease, long leaseSeen, long leaseMillis) {

        /** Since when, by the monotonic clock, any hub may work on it. */
        long freeSince() {
            var due = seen + TimeUnit.MILLISECONDS.toNanos(waitMillis);
            var free = leaseSeen + TimeUnit.MILLISECONDS.toNanos(leaseMillis);
            return due - free > 0 ? due : free;
        }
    }

    private final Map<String, Sighting> sightings = new ConcurrentHashMap<>();

    /** How long until the entry is due; zero when it is. */
    Duration untilDue(String id, WorkEntry entry, long revision) {
        return left(entry.waitMillis(), sight(id, entry, revision).seen());
    }

    /** How long the owner may still be at work; zero when its lease is over or there is none. */
    Duration leaseLeft(String id, WorkEntry entry, long revision) {
        return left(entry.leaseMillis(), sight(id, entry, revision).leaseSeen());
    }

    /**
     * Counts an entry's wait as over. A hub that has just started cannot know how long it has lasted already, and an
     * unpaged incident must not wait for that a second time.
     */
    void waitIsOver(String id, WorkEntry entry, long revision) {
        var now = System.nanoTime();
        var started = now - Duration.ofMillis(entry.waitMillis()).toNanos();
        sightings.put(id, new Sighting(revision, started, entry.waitMillis(), entry.lease(), now, entry.leaseMillis()));
    }

    /** An entry was seen. */
    void see(String id, WorkEntry entry, long revision) {
        sight(id, entry, revision);
    }

    /** Those that have been due, and leased to nobody, for longer than this. */
    Stream<String> freeFor(Duration time) {
        var now = System.nanoTime();
        return sightings.entrySet().stream()
                .filter(one -> now - one.getValue().freeSince() > time.toNanos())
                .map(Map.Entry::getKey);
    }

    void forget(String id) {
        sightings.remove(id);
    }

    void forgetAll() {
        sightings.clear();
    }

    private Sighting sight(String id, WorkEntry entry, long revision) {
        var now = System.nanoTime();
        return sightings.compute(id, (key, known) -> {
            if (known != null && known.revision() == revision) {
                return known;
            }
            // A mark changes the revision and leaves the lease: its end must not move with every signal.
            var sameLease =
                    known != null && !entry.lease().isEmpty() && known.lease().equals(entry.lease());
            return new Sighting(
                    revision,
                    now,
                    entry.waitMillis(),
                    entry.lease(),
                    sameLease ? known.leaseSeen() : now,
                    entry.leaseMillis());
        });
    }

    private static Duration left(long millis, long since) {
        var left = Duration.ofMillis(millis).minusNanos(System.nanoTime() - since);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
