package io.xtribe.fusionhub.converge;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.BucketWatch;
import io.xtribe.fusionhub.nats.Kv;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/**
 * Who is not settled, and who works on it. Kept in KV and shared by all hubs; every change is a compare-and-set.
 * Methods throw {@link StoreUnavailableException} when NATS is away.
 */
public class WorkSet {

    private record Sighting(long revision, long nanos) {}

    private final NatsLink nats;
    private final String hub;
    private final Duration lease;
    private final Map<String, Sighting> foreign = new ConcurrentHashMap<>();

    public WorkSet(NatsLink nats, String hub, Duration lease) {
        this.nats = nats;
        this.hub = hub;
        this.lease = lease;
    }

    /** Enters a birth, leased to this hub; empty when it was entered already, and then it is made due. */
    public Optional<Lease> enterBirth(String id) {
        var entry = new WorkEntry(System.currentTimeMillis(), 0, hub, lease.toMillis());
        var before = System.nanoTime();
        var entered = Kv.unlessConflict(() -> bucket().create(id, IncidentJson.write(entry)));
        if (entered.isEmpty()) {
            mark(id);
            return Optional.empty();
        }
        return Optional.of(new Lease(id, entry, entered.getAsLong(), before));
    }

    /**
     * Makes an incident due now, whoever works on it. Always writes, also when nothing seems to change: the new
     * revision keeps the owner from deleting an entry that it has not looked at.
     */
    public void mark(String id) {
        for (; ; ) {
            var current = read(id);
            var now = System.currentTimeMillis();
            var written = current.isEmpty()
                    ? Kv.unlessConflict(() -> bucket().create(id, IncidentJson.write(new WorkEntry(now, 0, "", 0))))
                    : Kv.unlessConflict(() -> bucket().update(
                                    id,
                                    IncidentJson.write(entry(current.get()).dueNow(now)),
                                    current.get().getRevision()));
            if (written.isPresent()) {
                return;
            }
        }
    }

    /** Takes the right to work on an incident; empty when it is settled, not due, or somebody else's. */
    public Optional<Lease> take(String id) {
        return take(id, false);
    }

    /** The same, on demand also before it is due. */
    Optional<Lease> take(String id, boolean early) {
        var current = read(id);
        if (current.isEmpty()) {
            foreign.remove(id);
            return Optional.empty();
        }
        var entry = entry(current.get());
        var due = early || entry.due() <= System.currentTimeMillis();
        if (!due || heldElsewhere(id, entry, current.get().getRevision()).isPresent()) {
            return Optional.empty();
        }
        return store(
                id,
                new WorkEntry(entry.due(), entry.tries(), hub, lease.toMillis()),
                current.get().getRevision());
    }

    /** The same right for its full time again; empty when the entry has changed meanwhile. */
    public Optional<Lease> extend(Lease held) {
        var entry = held.entry();
        return store(held.id(), new WorkEntry(entry.due(), entry.tries(), hub, lease.toMillis()), held.revision());
    }

    /** Gives the right back, due later; false when the entry has changed meanwhile. */
    public boolean release(Lease held, Duration wait, int tries) {
        var due = System.currentTimeMillis() + wait.toMillis();
        return store(held.id(), new WorkEntry(due, tries, "", 0), held.revision())
                .isPresent();
    }

    /** Ends the work; false when the entry has changed meanwhile. */
    public boolean finish(Lease held) {
        return Kv.unlessConflict(() -> {
                    bucket().delete(held.id(), held.revision());
                    return 0;
                })
                .isPresent();
    }

    /** All ids that are entered. */
    public List<String> ids() {
        try {
            return bucket().keys();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("cannot list the work set", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while listing the work set", e);
        }
    }

    /** How long until this hub should look at an entry; empty when there is none. */
    public Optional<Duration> waitFor(String id) {
        return read(id).map(found -> waitFor(id, found));
    }

    /** The same for an entry that a watch handed over. */
    Duration waitFor(String id, KeyValueEntry found) {
        var entry = entry(found);
        var due = Duration.ofMillis(Math.max(0, entry.due() - System.currentTimeMillis()));
        var held = heldElsewhere(id, entry, found.getRevision()).orElse(Duration.ZERO);
        return due.compareTo(held) > 0 ? due : held;
    }

    /** A watch of the entries, not yet begun. */
    BucketWatch watchedBy(KeyValueWatcher watcher) {
        return new BucketWatch(nats, Names.WORK_BUCKET, foreign::clear, watcher);
    }

    KeyValue bucket() {
        return nats.bucket(Names.WORK_BUCKET);
    }

    /** How long another hub's lease may still last; empty when nobody else holds one. */
    private Optional<Duration> heldElsewhere(String id, WorkEntry entry, long revision) {
        if (entry.owner().isEmpty() || entry.owner().equals(hub)) {
            foreign.remove(id);
            return Optional.empty();
        }
        var now = System.nanoTime();
        var first = foreign.compute(
                id,
                (key, known) -> known != null && known.revision() == revision ? known : new Sighting(revision, now));
        var left = Duration.ofMillis(entry.leaseMillis()).minusNanos(now - first.nanos());
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    private Optional<Lease> store(String id, WorkEntry entry, long revision) {
        var before = System.nanoTime();
        var stored = Kv.unlessConflict(() -> bucket().update(id, IncidentJson.write(entry), revision));
        return stored.isPresent() ? Optional.of(new Lease(id, entry, stored.getAsLong(), before)) : Optional.empty();
    }

    private Optional<KeyValueEntry> read(String id) {
        return Kv.read("the work entry of " + id, () -> bucket().get(id));
    }

    static boolean isPresent(KeyValueEntry entry) {
        return entry.getOperation() == KeyValueOperation.PUT;
    }

    static boolean isOurs(KeyValueEntry entry, String hub) {
        return entry(entry).owner().equals(hub);
    }

    private static WorkEntry entry(KeyValueEntry found) {
        return IncidentJson.read(found.getValue(), WorkEntry.class);
    }
}
