package io.xtribe.fusionhub.incident;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * Where incident records live. Decisions are made by compare-and-set, never on a read alone: a read may be stale.
 *
 * <p>Every method may throw {@link StoreUnavailableException} when the store cannot be reached.
 */
public interface IncidentStore {

    /**
     * A record as of one revision.
     *
     * @param incident the record
     * @param revision the store's number of this state, for compare-and-set
     */
    record Versioned(Incident incident, long revision) {}

    Optional<Versioned> find(String id);

    /**
     * The record as this hub wrote it within the last second, or else as it is found. For what a compare-and-set
     * confirms: another hub may have been faster.
     */
    default Optional<Versioned> recent(String id) {
        return find(id);
    }

    /** Stores a new record; empty when one with this id is there already. */
    OptionalLong create(Incident incident);

    /** Replaces the record if it is still at this revision; empty when it is not. */
    OptionalLong replace(Incident incident, long revision);

    /**
     * Applies a change to the newest state of a record, again until no one else was faster. The change must be pure.
     * Returns the record as it was stored, which may hold what others changed at the same moment.
     *
     * @throws IllegalStateException when there is no such record
     * @throws StoreUnavailableException also when others were faster 100 times
     */
    default Versioned change(String id, UnaryOperator<Incident> change) {
        for (int tries = 0; tries < 100; tries++) {
            var current = find(id).orElseThrow(() -> new IllegalStateException("no incident " + id));
            var next = change.apply(current.incident());
            if (next.equals(current.incident())) {
                return current;
            }
            var revision = replace(next, current.revision());
            if (revision.isPresent()) {
                return new Versioned(next, revision.getAsLong());
            }
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(100_000, 2_000_000));
        }
        throw new StoreUnavailableException("incident " + id + " was changed by others 100 times in a row", null);
    }

    /** The same within a few milliseconds, so that changes that come together are written together. */
    default Versioned changeSoon(String id, UnaryOperator<Incident> change) {
        return change(id, change);
    }
}
