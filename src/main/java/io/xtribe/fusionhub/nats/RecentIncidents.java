package io.xtribe.fusionhub.nats;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;

/**
 * Incident records, changed one after the other within this hub and from the state that it wrote last: the branches of
 * a pass finish at the same moment, and would else get into each other's way. Another hub is noticed by the
 * compare-and-set, as ever.
 */
@Singleton
public class RecentIncidents implements IncidentStore {

    private static final int SLOTS = 1024;

    /** For all records whose id falls on it: who may change one now, and what the last one looked like. */
    private static final class Slot {
        private final Lock changing = new ReentrantLock();
        private Versioned last;

        Optional<Versioned> recent(String id) {
            return Optional.ofNullable(last)
                    .filter(known -> known.incident().id().equals(id));
        }
    }

    private final IncidentStore store;
    private final Slot[] slots = Stream.generate(Slot::new).limit(SLOTS).toArray(Slot[]::new);

    @Inject
    RecentIncidents(KvIncidentStore store) {
        this((IncidentStore) store);
    }

    RecentIncidents(IncidentStore store) {
        this.store = store;
    }

    @Override
    public Optional<Versioned> find(String id) {
        return store.find(id);
    }

    @Override
    public OptionalLong create(Incident incident) {
        return store.create(incident);
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        return store.replace(incident, revision);
    }

    @Override
    public Versioned change(String id, UnaryOperator<Incident> change) {
        var slot = slots[Math.floorMod(id.hashCode(), SLOTS)];
        slot.changing.lock();
        try {
            slot.last = slot.recent(id)
                    .flatMap(recent -> replaced(recent, change))
                    // Unchanged or changed by others: either is decided on what stands in the store.
                    .orElseGet(() -> store.change(id, change));
            return slot.last;
        } finally {
            slot.changing.unlock();
        }
    }

    private Optional<Versioned> replaced(Versioned recent, UnaryOperator<Incident> change) {
        var next = change.apply(recent.incident());
        if (next.equals(recent.incident())) {
            return Optional.empty();
        }
        var revision = store.replace(next, recent.revision());
        return revision.isPresent() ? Optional.of(new Versioned(next, revision.getAsLong())) : Optional.empty();
    }
}
