package io.xtribe.fusionhub.work;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.BucketWatch;

/**
 * Hands out the lease of the next incident: new incidents of this hub at once, the rest when the work set
 * says that they are due. The watch on the bucket reports what is due at once; what it misses is found by {@link #relist}.
 */
public final class WorkQueue {
    private static final Logger LOG = Logger.getLogger(WorkQueue.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration STUCK = Duration.ofMinutes(1);

    private final WorkSet work;
    private final String hub;
    private final Consumer<String> withdraw;
    private final BucketWatch watch;
    private final WorkSchedule schedule = new WorkSchedule();
    private final Map<String, Lease> triggers = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final Set<String> impatient = ConcurrentHashMap.newKeySet();
    /** What came due while its pass was under way, in which lane. */
    private final Map<String, WorkLane> again = new ConcurrentHashMap<>();
    /** Which entries this hub has the lease of, as far as the watch has reported it. */
    private final Map<String, WorkLane> ours = new ConcurrentHashMap<>();

    private volatile Consumer<String> onNotTaken = id -> {};
    private volatile boolean open = true;
    private volatile boolean listed;
    private volatile Instant lastTurn = Instant.now();

    /**
     * A queue.
     *
     * @param hub this process
     * @param withdraw takes the attempts that were not begun out of an incident's record, so that no hub waits for them
     */
    public WorkQueue(WorkSet work, String hub, Consumer<String> withdraw) {
        this.work = work;
        this.hub = hub;
        this.withdraw = withdraw;
        this.watch = work.watchedBy(new BucketWatch.Observer() {
            @Override
            public void forget() {
                ours.clear();
                work.forgetAll();
            }

            @Override
            public void seen(BucketEntry entry) {
                WorkQueue.this.seen(entry);
            }

            @Override
            public void complete() {
                listed = true;
                LOG.infof("%d incidents are not settled", schedule.size());
            }
        });
    }

    /**
     * Starts to watch the work set; to be called once NATS is there, and again from time to time. Returns whether the
     * bucket is another one than before.
     */
    public boolean watch() throws IOException, InterruptedException {
        return watch.ensure();
    }

    /** A new incident of this hub: its pass begins at once, under the lease that it was stored with. */
    public void enter(Lease lease) {
        triggers.put(lease.id(), lease);
        schedule.in(lease.id(), lease.entry().lane(), Duration.ZERO);
        if (!open) {
            handBack(lease.id());
        }
    }

    /** Something about an incident has changed. */
    public void wake(String id, WorkLane lane) {
        schedule.in(id, lane, Duration.ZERO);
    }

    /** Told of each incident that was woken by {@link #wakeNow} in vain: another hub works on it, or nobody needs to. */
    public void whenNotTaken(Consumer<String> action) {
        onNotTaken = action;
    }

    /** A platform can be called for an incident: it is looked at now, also before it is due. */
    public void wakeNow(String id, WorkLane lane) {
        impatient.add(id);
        wake(id, lane);
    }

    /** Lists the whole work set, for what the watch has missed. */
    public void relist() {
        for (var id : work.ids()) {
            if (!schedule.holds(id) && !active.contains(id)) {
                plan(id);
            }
        }
    }

    /** From now on passes are handed out. */
    void open() {
        open = true;
    }

    /** Whether passes are handed out. */
    public boolean isOpen() {
        return open;
    }

    /**
     * From now on no pass is handed out. The leases that this hub does not work under are handed back, so that another
     * hub takes it up at once instead of waiting for the end of that lease; what it works on follows in {@link #done}.
     */
    void close() {
        open = false;
        var lanes = new HashMap<>(ours);
        triggers.forEach((id, lease) -> lanes.put(id, lease.entry().lane()));
        HandBack.inOrder(lanes, this::handBack);
    }

    /**
     * The next pass, or empty when nothing came due within the time. The caller must call {@link #done} for it.
     *
     * @param last the last lane that may be handed out now
     */
    Optional<Lease> next(Duration limit, Supplier<WorkLane> last) throws InterruptedException {
        lastTurn = Instant.now();
        var due = schedule.next(limit, last);
        if (due == null) {
            return Optional.empty();
        }
        var id = due.id();
        if (!active.add(id)) {
            // Its pass is about to end: the entry was given back, and the watch was faster than the route.
            again.merge(id, due.lane(), WorkLane::orMoreUrgent);
            wakeIfPassed(id);
            return Optional.empty();
        }
        var isWokenNow = impatient.remove(id);
        try {
            var trigger = triggers.remove(id);
            var lease = trigger != null ? Optional.of(trigger) : work.take(id, isWokenNow);
            if (lease.isEmpty()) {
                active.remove(id);
                if (isWokenNow) {
                    onNotTaken.accept(id);
                }
                plan(id);
                return Optional.empty();
            }
            return lease;
        } catch (StoreUnavailableException e) {
            tryLater(due, isWokenNow);
            LOG.debugf(e, "Cannot take %s now", id);
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            tryLater(due, isWokenNow);
            throw e;
        }
    }

    /** An incident that was to be looked at before it is due still is. */
    private void tryLater(WorkSchedule.Item due, boolean isWokenNow) {
        active.remove(due.id());
        if (isWokenNow) {
            impatient.add(due.id());
        }
        schedule.in(due.id(), due.lane(), AFTER_TROUBLE);
    }

    /** Looks again whether the next pass may be handed out: a permit is free. */
    void lookAgain() {
        schedule.lookAgain();
    }

    /** Hands back a lease under which no work was begun, so that any hub may take the incident. */
    void returned(Lease lease) {
        active.remove(lease.id());
        schedule.in(lease.id(), lease.entry().lane(), Duration.ZERO);
        handBack(lease.id());
    }

    /** The work that was begun under this lease is over. */
    void done(Lease lease, Throwable failure) {
        active.remove(lease.id());
        if (failure != null) {
            LOG.warnf("Work on %s was cut short and is repeated: %s", lease.id(), failure.getMessage());
            LOG.debug("Cut short by", failure);
            schedule.in(lease.id(), lease.entry().lane(), AFTER_TROUBLE);
        }
        wakeIfPassed(lease.id());
        if (!open) {
            handBack(lease.id());
        }
    }

    /** When the loop last turned, for liveness. */
    public Instant lastTurn() {
        return lastTurn;
    }

    /** How many incidents are under work here. */
    public int inFlight() {
        return active.size();
    }

    /** Whether the watch has reported that this hub has the lease of an incident. */
    boolean holds(String id) {
        return ours.containsKey(id);
    }

    /** How many incidents this hub has the right to work on, as far as the watch has reported it. */
    public int leases() {
        return ours.size();
    }

    /** For how long the one that has been due for longest has waited; zero when none is due. */
    public Duration oldestDue() {
        return schedule.oldestDue();
    }

    /**
     * How many incidents have been due for over a minute, and no hub has the right to work on them. What waits for a platform is
     * not due. Normally there are none.
     */
    public long stuck() {
        return work.freeFor(STUCK).filter(id -> !active.contains(id)).count();
    }

    /** How many incidents wait for their time here. */
    public int waiting() {
        return schedule.size();
    }

    /**
     * Hands back the lease of an incident, unless a pass works on it: then {@link #done} does it. Meanwhile this
     * hub does not take it.
     */
    private void handBack(String id) {
        if (!active.add(id)) {
            return;
        }
        try {
            triggers.remove(id);
            if (work.isHeldHere(id)) {
                // The record first: a hub that finds the entry free must find the record free of attempts, too.
                withdraw.accept(id);
                work.handBack(id);
            }
        } catch (RuntimeException e) {
            LOG.warnf("%s could not be handed back; a hub works on it when its lease is over: %s", id, e.getMessage());
        } finally {
            active.remove(id);
            wakeIfPassed(id);
        }
    }

    private void plan(String id) {
        work.waitFor(id).ifPresent(wait -> schedule.in(id, work.lane(id).orElse(WorkLane.FOLLOW_UP), wait));
    }

    /** What came due while its pass was under way is looked at after it. */
    private void wakeIfPassed(String id) {
        if (!active.contains(id)) {
            Optional.ofNullable(again.remove(id)).ifPresent(lane -> wake(id, lane));
        }
    }

    private void seen(BucketEntry entry) {
        var id = entry.key();
        if (!entry.isPresent()) {
            schedule.forget(id);
            work.forget(id);
            ours.remove(id);
        } else if (WorkSet.isOurs(entry, hub)) {
            ours.put(id, WorkSet.entry(entry).lane());
            work.see(id, entry);
        } else {
            ours.remove(id);
            var wait = listed ? work.waitFor(id, entry) : work.waitAtStart(id, entry);
            schedule.in(id, WorkSet.entry(entry).lane(), wait);
        }
    }
}
