package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Who may begin at one platform: those who wait, the permits that are set aside for some of them, and the permits of steps under way.
 * {@link PlatformAvailability} asks it under its lock.
 */
final class PermitDesk {

    /** A permit that is not used by then goes to somebody else: its incident was dealt with elsewhere. */
    private static final Duration GRANTED_FOR = Duration.ofSeconds(10);
    /** A step that has not ended by then never says that it has. */
    private static final Duration LONGEST_STEP = Duration.ofMinutes(1);
    /** No more permits are set aside at once than are soon used. */
    private static final int GRANTED_AT_ONCE = 64;

    private final PlatformAvailability platform;
    private final Governor governor;
    private final Breaker breaker;
    private final BooleanSupplier isOpen;
    private final LongSupplier nanoTime;
    /** As many steps as there are threads, and as many that take their places until the next look. */
    private final long mostAtOnce;

    private final WaitingList waiting;
    private final NavigableMap<String, Permit> granted = new TreeMap<>();
    /** Those that are granted and those of steps under way. */
    private final Set<Permit> permits = new HashSet<>();

    /** @param isOpen whether anything may begin now, whatever is left of the limits */
    PermitDesk(
            PlatformAvailability platform,
            RateRule rule,
            Governor governor,
            Breaker breaker,
            BooleanSupplier isOpen,
            LongSupplier nanoTime) {
        this.platform = platform;
        this.governor = governor;
        this.breaker = breaker;
        this.isOpen = isOpen;
        this.nanoTime = nanoTime;
        this.mostAtOnce = 2L * rule.atOnce();
        this.waiting = new WaitingList(nanoTime);
    }

    /** What waits. */
    WaitingList waiting() {
        return waiting;
    }

    /** A permit for a step, or a place on the waiting list. A step that has a permit already keeps it. */
    boolean take(Wish wish) {
        if (granted.containsKey(wish.key())) {
            return true;
        }
        if (isItsTurn(wish) && grant(wish)) {
            waiting.remove(wish.key());
            return true;
        }
        waiting.add(wish);
        return false;
    }

    private boolean isItsTurn(Wish wish) {
        return isOpen.getAsBoolean() && !waiting.hasBefore(wish, kind -> governor.compete(wish.kind(), kind));
    }

    /** What an incident does not wish any more goes to others. */
    void keepOnly(String incidentId, Set<String> keys) {
        waiting.keepOnly(incidentId, keys);
        if (!granted.isEmpty()) {
            WaitingList.ofIncident(granted, incidentId)
                    .filter(key -> !keys.contains(key))
                    .forEach(key -> giveBack(granted.remove(key)));
        }
    }

    /** The permit of a step that begins now, or null. */
    Permit begin(String key) {
        var permit = granted.remove(key);
        if (permit != null) {
            permit.until(nanoTime.getAsLong() + LONGEST_STEP.toNanos());
        }
        return permit;
    }

    /** A permit for what does not wait for its turn, or null. */
    Permit beginNow(Wish wish) {
        return isItsTurn(wish) && grant(wish) ? begin(wish.key()) : null;
    }

    /** Sets permits aside for what has waited longest in the most urgent lanes. Returns whose turn has come. */
    List<Wish> grantNext() {
        var turns = new ArrayList<Wish>();
        var exhausted = new HashSet<String>();
        while (granted.size() < GRANTED_AT_ONCE && isOpen.getAsBoolean()) {
            var next = waiting.first(kind -> exhausted.stream().noneMatch(other -> governor.compete(kind, other)));
            if (next.isEmpty()) {
                break;
            }
            var wish = next.get();
            if (grant(wish)) {
                waiting.remove(wish.key());
                turns.add(wish);
            } else {
                exhausted.add(wish.kind());
            }
        }
        return turns;
    }

    private boolean grant(Wish wish) {
        var needs = governor.ofKind(wish.kind());
        var hasRoom = (wish.lane().isOpening() || permits.size() < mostAtOnce)
                && (!governor.isNew(wish.kind()) || underWay(wish.kind()) < Governor.AT_FIRST)
                && needs.entrySet().stream().allMatch(need -> need.getKey().allows(wish.lane(), need.getValue()));
        if (!hasRoom || !breaker.letsThrough()) {
            return false;
        }
        needs.forEach(Budget::take);
        var permit = new Permit(platform, wish.kind(), needs, nanoTime.getAsLong() + GRANTED_FOR.toNanos());
        granted.put(wish.key(), permit);
        permits.add(permit);
        return true;
    }

    private long underWay(String kind) {
        return permits.stream().filter(permit -> permit.kind().equals(kind)).count();
    }

    /** A permit that is not needed any more; one that was given back already changes nothing. */
    void giveBack(Permit permit) {
        if (!permits.remove(permit)) {
            return;
        }
        permit.end().forEach(Budget::giveBack);
        if (permit.wasForNothing()) {
            breaker.released();
        } else {
            governor.tried(permit.kind());
        }
    }

    /** Takes back what is set aside and not used so far. */
    void withdraw() {
        List.copyOf(granted.values()).forEach(this::giveBack);
        granted.clear();
    }

    /** Takes back what was not used, or not given back, in time. */
    void withdrawLate() {
        var now = nanoTime.getAsLong();
        granted.values().removeIf(permit -> permit.isLate(now));
        permits.stream().filter(permit -> permit.isLate(now)).toList().forEach(this::giveBack);
    }
}
