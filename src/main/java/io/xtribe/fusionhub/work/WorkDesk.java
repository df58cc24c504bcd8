package io.xtribe.fusionhub.work;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * Hands out the lease of the next incident to whoever asks: new incidents of this hub at once, the rest when the work set
 * says that they are due. The watch on the bucket only wakes early; what it misses is found by {@link #relist}.
 */
public final class WorkDesk {
    private static final Logger LOG = Logger.getLogger(WorkDesk.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final WorkSet work;
    private final String hub;
    private final Consumer<String> withdraw;
    private final BucketWatch watch;
    private final WorkAgenda agenda = new WorkAgenda();
    private final Map<String, Lease> births = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final Set<String> impatient = ConcurrentHashMap.newKeySet();
    private final Set<String> again = ConcurrentHashMap.newKeySet();
    private volatile boolean open = true;
    private volatile boolean listed;
    private volatile Instant lastTurn = Instant.now();

    /**
     * A desk.
     *
     * @param hub this process
     * @param withdraw takes the attempts that were not begun out of an incident's record, so that nobody waits for them
     */
    public WorkDesk(WorkSet work, String hub, Consumer<String> withdraw) {
        this.work = work;
        this.hub = hub;
        this.withdraw = withdraw;
        this.watch = work.watchedBy(new BucketWatch.Observer() {
            @Override
            public void forget() {
                work.forgetAll();
            }

            @Override
            public void seen(BucketEntry entry) {
                WorkDesk.this.seen(entry);
            }

            @Override
            public void complete() {
                listed = true;
                LOG.infof("%d incidents are not settled", agenda.size());
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
    public void born(Lease lease) {
        births.put(lease.id(), lease);
        agenda.in(lease.id(), lease.entry().lane(), Duration.ZERO);
        if (!open) {
            giveBackBirths();
        }
    }

    /** Something about an incident has changed. */
    public void wake(String id) {
        agenda.in(id, WorkLane.FOLLOW_UP, Duration.ZERO);
    }

    /** A platform is back: everything that waits for its time is looked at now. */
    public void wakeAll() {
        impatient.addAll(work.ids());
        impatient.forEach(this::wake);
    }

    /** Lists the whole work set, for what the watch has missed. */
    public void relist() {
        for (var id : work.ids()) {
            if (!agenda.holds(id) && !active.contains(id)) {
                plan(id);
            }
        }
    }

    /** From now on passes are handed out. */
    void open() {
        open = true;
    }

    /**
     * From now on no pass is handed out. New incidents whose pass has not begun go back with their lease, so that another
     * hub takes them up at once instead of waiting for the end of that lease.
     */
    void close() {
        open = false;
        giveBackBirths();
    }

    /**
     * The next pass, or empty when nothing came due within the time. Whoever gets one must call {@link #done}.
     *
     * @param last the last lane that may be handed out now
     */
    Optional<Lease> next(Duration limit, Supplier<WorkLane> last) throws InterruptedException {
        lastTurn = Instant.now();
        var id = agenda.next(limit, last);
        if (id == null) {
            return Optional.empty();
        }
        if (!active.add(id)) {
            // Its pass is about to end: the entry was given back, and the watch was faster than the route.
            again.add(id);
            wakeIfPassed(id);
            return Optional.empty();
        }
        try {
            var birth = births.remove(id);
            var lease = birth != null ? Optional.of(birth) : work.take(id, impatient.remove(id));
            if (lease.isEmpty()) {
                active.remove(id);
                plan(id);
                return Optional.empty();
            }
            return lease;
        } catch (StoreUnavailableException e) {
            active.remove(id);
            agenda.in(id, WorkLane.FOLLOW_UP, AFTER_TROUBLE);
            LOG.debugf(e, "Cannot take %s now", id);
            return Optional.empty();
        } catch (RuntimeException e) {
            active.remove(id);
            agenda.in(id, WorkLane.FOLLOW_UP, AFTER_TROUBLE);
            throw e;
        }
    }

    /** Looks again whether the next pass may be handed out: a permit is free. */
    void lookAgain() {
        agenda.lookAgain();
    }

    /** A lease under which nothing was begun: whoever asks next, here or elsewhere, gets the incident. */
    void returned(Lease lease) {
        active.remove(lease.id());
        agenda.in(lease.id(), lease.entry().lane(), Duration.ZERO);
        giveBack(lease);
    }

    /** The work that was begun under this lease is over. */
    void done(Lease lease, Throwable failure) {
        active.remove(lease.id());
        if (failure != null) {
            LOG.warnf("Work on %s was cut short, it will be taken up again: %s", lease.id(), failure.getMessage());
            LOG.debug("Cut short by", failure);
            agenda.in(lease.id(), lease.entry().lane(), AFTER_TROUBLE);
        }
        wakeIfPassed(lease.id());
    }

    /** When the loop last turned, for liveness. */
    public Instant lastTurn() {
        return lastTurn;
    }

    /** How many incidents are under work here. */
    public int inFlight() {
        return active.size();
    }

    /** How many incidents wait for their time here. */
    public int waiting() {
        return agenda.size();
    }

    private void giveBackBirths() {
        for (var id : List.copyOf(births.keySet())) {
            var lease = births.remove(id);
            if (lease != null) {
                giveBack(lease);
            }
        }
    }

    private void giveBack(Lease lease) {
        try {
            // The record first: whoever finds the entry free must find the record free of attempts, too.
            withdraw.accept(lease.id());
            work.giveBack(lease);
        } catch (StoreUnavailableException e) {
            LOG.warnf(
                    "%s could not be given back, it is taken up when its lease is over: %s",
                    lease.id(), e.getMessage());
        }
    }

    private void plan(String id) {
        work.waitFor(id).ifPresent(wait -> agenda.in(id, work.lane(id).orElse(WorkLane.FOLLOW_UP), wait));
    }

    /** What came due while its pass was under way is looked at after it. */
    private void wakeIfPassed(String id) {
        if (!active.contains(id) && again.remove(id)) {
            wake(id);
        }
    }

    private void seen(BucketEntry entry) {
        var id = entry.key();
        if (!entry.isPresent()) {
            agenda.forget(id);
            work.forget(id);
        } else if (!WorkSet.isOurs(entry, hub)) {
            var wait = listed ? work.waitFor(id, entry) : work.waitAtStart(id, entry);
            agenda.in(id, WorkSet.entry(entry).lane(), wait);
        }
    }
}
