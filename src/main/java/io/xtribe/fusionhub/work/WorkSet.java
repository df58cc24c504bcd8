package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.BucketWatch;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/**
 * The incidents that are not settled, and which hub works on them. Kept in KV and shared by all hubs; every change is a compare-and-set.
 * Methods throw {@link StoreUnavailableException} when NATS is away.
 */
public class WorkSet {

    private final NatsLink nats;
    private final String hub;
    private final Duration lease;
    private final WorkSightings sightings = new WorkSightings();

    public WorkSet(NatsLink nats, String hub, Duration lease) {
        this.nats = nats;
        this.hub = hub;
        this.lease = lease;
    }

    /** Enters a new incident, leased to this hub; empty when it was entered already, and then it is made due. */
    public Optional<Lease> enterTrigger(String id, WorkLane lane) {
        var entry = leased(WorkEntry.unowned(lane));
        var before = System.nanoTime();
        var entered = bucket().create(id, IncidentJson.write(entry));
        if (entered.isEmpty()) {
            mark(id, lane);
            return Optional.empty();
        }
        return Optional.of(new Lease(id, entry, entered.getAsLong(), before));
    }

    /**
     * Makes an incident due now, whoever works on it. Always writes, also when nothing seems to change: the new
     * revision keeps the owner from deleting an entry that it has not looked at.
     *
     * @param lane in which it is to be taken up; an entry that is in a more urgent one stays there
     */
    public void mark(String id, WorkLane lane) {
        for (; ; ) {
            var current = read(id);
            var written = current.isEmpty()
                    ? bucket().create(id, IncidentJson.write(WorkEntry.unowned(lane)))
                    : bucket().update(
                                    id,
                                    IncidentJson.write(entry(current.get()).markedIn(lane)),
                                    current.get().revision());
            if (written.isPresent()) {
                return;
            }
        }
    }

    /** Takes the right to work on an incident; empty when it is settled, not due, or leased to another hub. */
    public Optional<Lease> take(String id) {
        return take(id, false);
    }

    /** The same, on demand also before it is due. */
    Optional<Lease> take(String id, boolean early) {
        var current = read(id);
        if (current.isEmpty()) {
            sightings.forget(id);
            return Optional.empty();
        }
        var entry = entry(current.get());
        var revision = current.get().revision();
        var isDue = early || sightings.untilDue(id, entry, revision).isZero();
        return isDue && heldElsewhere(id, entry, revision).isZero()
                ? store(id, leased(entry.dueNow()), revision)
                : Optional.empty();
    }

    /** The same right for its full time again; empty when the entry has changed meanwhile. */
    public Optional<Lease> extend(Lease held) {
        return store(held.id(), leased(held.entry()), held.revision());
    }

    /** Gives the right back after a pass, due later; false when the entry has changed meanwhile. */
    public boolean release(Lease held, Duration wait, int tries, WorkLane lane) {
        return store(held.id(), held.entry().dueAfter(wait.toMillis(), tries, lane), held.revision())
                .isPresent();
    }

    /**
     * Hands back the right of this hub to an incident, so that any hub may take it, also when the entry was marked since it
     * was taken. Only to be called while no pass works on it here.
     */
    void handBack(String id) {
        for (var current = read(id); current.isPresent() && isOurs(current.get(), hub); current = read(id)) {
            if (store(id, entry(current.get()).notBegun(), current.get().revision())
                    .isPresent()) {
                return;
            }
        }
    }

    /** Whether this hub has the right to work on an incident, as the store has it. */
    boolean isHeldHere(String id) {
        return read(id).filter(found -> isOurs(found, hub)).isPresent();
    }

    /** Ends the work; false when the entry has changed meanwhile. */
    public boolean finish(Lease held) {
        return bucket().delete(held.id(), held.revision());
    }

    /** All ids that are entered. */
    public List<String> ids() {
        return bucket().keys();
    }

    /** How long until this hub should look at an entry; empty when there is none. */
    public Optional<Duration> waitFor(String id) {
        return read(id).map(found -> waitFor(id, found));
    }

    /** The same for an entry that was read already. */
    Duration waitFor(String id, BucketEntry found) {
        var entry = entry(found);
        var due = sightings.untilDue(id, entry, found.revision());
        var held = heldElsewhere(id, entry, found.revision());
        return due.compareTo(held) > 0 ? due : held;
    }

    /** The same for an entry that existed when this hub started: its wait counts as over. */
    Duration waitAtStart(String id, BucketEntry found) {
        sightings.waitIsOver(id, entry(found), found.revision());
        return waitFor(id, found);
    }

    /** Tells of an entry of this hub's own, which it need not wait for. */
    void see(String id, BucketEntry found) {
        sightings.see(id, entry(found), found.revision());
    }

    /** The incidents that have been due, and leased to no hub, for longer than this, as far as this hub has seen. */
    Stream<String> freeFor(Duration time) {
        return sightings.freeFor(time);
    }

    /** An entry is gone. */
    void forget(String id) {
        sightings.forget(id);
    }

    /** In which order an entry is to be taken up. */
    public Optional<WorkLane> lane(String id) {
        return read(id).map(found -> entry(found).lane());
    }

    /** A watch of the entries, not yet begun. */
    BucketWatch watchedBy(BucketWatch.Observer observer) {
        return new BucketWatch(nats, Names.WORK_BUCKET, observer);
    }

    /** Drops all that is known of the entries: the bucket was deleted and created again. */
    void forgetAll() {
        sightings.forgetAll();
    }

    Bucket bucket() {
        return nats.bucket(Names.WORK_BUCKET);
    }

    /** How long another hub's lease may still last; zero when no other hub has one. */
    private Duration heldElsewhere(String id, WorkEntry entry, long revision) {
        return entry.owner().isEmpty() || entry.owner().equals(hub)
                ? Duration.ZERO
                : sightings.leaseLeft(id, entry, revision);
    }

    private WorkEntry leased(WorkEntry entry) {
        return entry.leasedTo(hub, lease.toMillis(), UUID.randomUUID().toString());
    }

    private Optional<Lease> store(String id, WorkEntry entry, long revision) {
        var before = System.nanoTime();
        var stored = bucket().update(id, IncidentJson.write(entry), revision);
        return stored.isPresent() ? Optional.of(new Lease(id, entry, stored.getAsLong(), before)) : Optional.empty();
    }

    private Optional<BucketEntry> read(String id) {
        return bucket().find(id);
    }

    static boolean isOurs(BucketEntry entry, String hub) {
        return entry(entry).owner().equals(hub);
    }

    static WorkEntry entry(BucketEntry found) {
        return IncidentJson.read(found.value(), WorkEntry.class);
    }
}
