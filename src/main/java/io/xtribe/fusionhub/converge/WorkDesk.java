package io.xtribe.fusionhub.converge;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatcher;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.BucketWatch;

/**
 * Hands out the next pass to whoever asks: births of this hub at once, the rest when the work set says that it is
 * due. The watch on the bucket only wakes early; what it misses is found by {@link #relist}.
 */
public final class WorkDesk {

    private static final Logger LOG = Logger.getLogger(WorkDesk.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final WorkSet work;
    private final String hub;
    private final BucketWatch watch;
    private final WorkAgenda agenda = new WorkAgenda();
    private final Map<String, Lease> births = new ConcurrentHashMap<>();
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    private final Set<String> impatient = ConcurrentHashMap.newKeySet();
    private final Set<String> again = ConcurrentHashMap.newKeySet();
    private volatile Instant lastTurn = Instant.now();

    public WorkDesk(WorkSet work, String hub) {
        this.work = work;
        this.hub = hub;
        this.watch = work.watchedBy(new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                seen(entry);
            }

            @Override
            public void endOfData() {
                LOG.infof("%d incidents are not settled", agenda.size());
            }
        });
    }

    /**
     * Starts to watch the work set; to be called once NATS is there, and again from time to time. Returns whether the
     * bucket is another one than before.
     */
    public boolean watch() throws IOException, JetStreamApiException, InterruptedException {
        return watch.ensure();
    }

    /** A birth of this hub: its pass begins at once, under the lease it was born with; in a storm, P1 first. */
    public void born(Lease lease, Priority priority) {
        births.put(lease.id(), lease);
        if (priority == Priority.P1) {
            agenda.urgently(lease.id());
        } else {
            agenda.in(lease.id(), Duration.ZERO);
        }
    }

    /** Something about an incident has changed. */
    public void wake(String id) {
        agenda.in(id, Duration.ZERO);
    }

    /** A platform is back: everything that waits for its time is looked at now. */
    public void wakeAll() {
        impatient.addAll(work.ids());
        impatient.forEach(id -> agenda.in(id, Duration.ZERO));
    }

    /** Lists the whole work set, for what the watch has missed. */
    public void relist() {
        for (var id : work.ids()) {
            if (!agenda.holds(id) && !active.contains(id)) {
                work.waitFor(id).ifPresent(wait -> agenda.in(id, wait));
            }
        }
    }

    /** The next pass, or empty when nothing came due within the time. Whoever gets one must call {@link #done}. */
    Optional<Pass> next(Duration limit) throws InterruptedException {
        lastTurn = Instant.now();
        var id = agenda.next(limit);
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
                work.waitFor(id).ifPresent(wait -> agenda.in(id, wait));
                return Optional.empty();
            }
            return Optional.of(new Pass(lease.get()));
        } catch (StoreUnavailableException e) {
            active.remove(id);
            agenda.in(id, AFTER_TROUBLE);
            LOG.debugf(e, "Cannot take %s now", id);
            return Optional.empty();
        } catch (RuntimeException e) {
            active.remove(id);
            agenda.in(id, AFTER_TROUBLE);
            throw e;
        }
    }

    /** A pass that was not begun: whoever asks next, here or elsewhere, gets it. */
    void giveBack(Pass pass) {
        active.remove(pass.id());
        agenda.in(pass.id(), Duration.ZERO);
        work.release(pass.lease(), Duration.ZERO, pass.lease().entry().tries());
    }

    /** A pass is over. */
    void done(Pass pass, Throwable failure) {
        active.remove(pass.id());
        if (failure != null) {
            LOG.warnf("Pass over %s was cut short, it will be taken up again: %s", pass.id(), failure.getMessage());
            LOG.debug("Cut short by", failure);
            agenda.in(pass.id(), AFTER_TROUBLE);
        } else if (pass.isMarked()) {
            agenda.in(pass.id(), Duration.ZERO);
        }
        wakeIfPassed(pass.id());
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

    /** What came due while its pass was under way is looked at after it. */
    private void wakeIfPassed(String id) {
        if (!active.contains(id) && again.remove(id)) {
            agenda.in(id, Duration.ZERO);
        }
    }

    private void seen(KeyValueEntry entry) {
        var id = entry.getKey();
        if (!WorkSet.isPresent(entry)) {
            agenda.forget(id);
        } else if (!WorkSet.isOurs(entry, hub)) {
            agenda.in(id, work.waitFor(id, entry));
        }
    }
}
