package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;

/**
 * Incident records, changed one write after the other within this hub and from the state that it wrote last: the
 * branches of a pass finish at the same moment, and their writes would else conflict. Changes that come while a write is under
 * way are written together with the next. A change by another hub is noticed by the compare-and-set.
 */
@Singleton
public class CoalescingIncidents implements IncidentStore {

    private static final int SLOTS = 1024;
    /** About the time between the first and the last answer to calls that were made together. */
    private static final long GATHERING = Duration.ofMillis(2).toNanos();

    private static final long RECENT = Duration.ofSeconds(1).toNanos();

    private record Written(Versioned state, long nanos) {
        boolean isRecent() {
            return System.nanoTime() - nanos < RECENT;
        }
    }

    /** For all records whose id is hashed to it: the changes that wait, the lock for writing, and what was written last. */
    private static final class Slot {
        private final Queue<PendingChange> waiting = new ConcurrentLinkedQueue<>();
        private final Lock changing = new ReentrantLock();
        private volatile Written last;

        Optional<Written> last(String id) {
            return Optional.ofNullable(last)
                    .filter(written -> written.state().incident().id().equals(id));
        }

        void wrote(Versioned state) {
            last = new Written(state, System.nanoTime());
        }

        /** All that wait for the same record, in the order they came. */
        List<PendingChange> together(String id) {
            var changes = waiting.stream().filter(change -> change.isOf(id)).toList();
            waiting.removeAll(changes);
            return changes;
        }
    }

    private final IncidentStore store;
    private final Slot[] slots = Stream.generate(Slot::new).limit(SLOTS).toArray(Slot[]::new);

    @Inject
    CoalescingIncidents(KvIncidentStore store) {
        this((IncidentStore) store);
    }

    CoalescingIncidents(IncidentStore store) {
        this.store = store;
    }

    @Override
    public Optional<Versioned> find(String id) {
        return store.find(id);
    }

    /** To be called when the bucket is another one: its revisions begin again, and a revision that is remembered could match a new record. */
    public void forget() {
        for (var slot : slots) {
            slot.last = null;
        }
    }

    @Override
    public Optional<Versioned> recent(String id) {
        return slot(id).last(id).filter(Written::isRecent).map(Written::state).or(() -> store.find(id));
    }

    @Override
    public OptionalLong create(Incident incident) {
        return write(incident, () -> store.create(incident));
    }

    @Override
    public OptionalLong replace(Incident incident, long revision) {
        return write(incident, () -> store.replace(incident, revision));
    }

    private interface Write {
        OptionalLong run();
    }

    private OptionalLong write(Incident incident, Write write) {
        var slot = slot(incident.id());
        slot.changing.lock();
        try {
            var written = write.run();
            written.ifPresent(revision -> slot.wrote(new Versioned(incident, revision)));
            return written;
        } finally {
            slot.changing.unlock();
        }
    }

    @Override
    public Versioned change(String id, UnaryOperator<Incident> change) {
        return change(id, change, 0);
    }

    @Override
    public Versioned changeSoon(String id, UnaryOperator<Incident> change) {
        return change(id, change, GATHERING);
    }

    private Versioned change(String id, UnaryOperator<Incident> change, long gathering) {
        var slot = slot(id);
        var mine = new PendingChange(id, change);
        slot.waiting.add(mine);
        slot.changing.lock();
        try {
            if (!mine.isOver()) {
                LockSupport.parkNanos(gathering);
                make(slot, id, slot.together(id));
            }
        } finally {
            slot.changing.unlock();
        }
        return mine.outcome();
    }

    private void make(Slot slot, String id, List<PendingChange> changes) {
        try {
            var state = slot.last(id)
                    .flatMap(last -> replaced(last.state(), changes))
                    // Whether others have changed it is decided by what is in the store.
                    .orElseGet(() -> store.change(id, incident -> all(changes, incident)));
            slot.wrote(state);
            changes.forEach(change -> change.stored(state));
        } catch (RuntimeException e) {
            changes.forEach(change -> change.failed(e));
        } catch (Error e) {
            // No caller may go on waiting for a change that is not made any more.
            changes.forEach(change -> change.failed(new IllegalStateException("an error ended a change", e)));
            throw e;
        }
    }

    private Optional<Versioned> replaced(Versioned last, List<PendingChange> changes) {
        var next = all(changes, last.incident());
        if (next.equals(last.incident())) {
            return Optional.empty();
        }
        var revision = store.replace(next, last.revision());
        return revision.isPresent() ? Optional.of(new Versioned(next, revision.getAsLong())) : Optional.empty();
    }

    private static Incident all(List<PendingChange> changes, Incident incident) {
        var next = incident;
        for (var change : changes) {
            next = change.applyTo(next);
        }
        return next;
    }

    private Slot slot(String id) {
        return slots[Math.floorMod(id.hashCode(), SLOTS)];
    }
}
