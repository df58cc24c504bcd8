package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A work set without NATS that holds no entry. What taking an incident does is up to the test. */
final class StubbedWorkSet extends WorkSet {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Supplier<Optional<Lease>> take;

    StubbedWorkSet(Supplier<Optional<Lease>> take) {
        super(null, "hub-a", LEASE);
        this.take = take;
    }

    /** The lease under which this hub stores a new incident. */
    static Lease trigger(String id) {
        var entry = WorkEntry.unowned(WorkLane.TRIGGER).leasedTo("hub-a", LEASE.toMillis(), "lease-of-" + id);
        return new Lease(id, entry, 1, System.nanoTime());
    }

    @Override
    Optional<Lease> take(String id, boolean early) {
        return take.get();
    }

    @Override
    public List<String> ids() {
        return List.of();
    }

    @Override
    public Optional<Duration> waitFor(String id) {
        return Optional.empty();
    }

    @Override
    boolean isHeldHere(String id) {
        return false;
    }
}
