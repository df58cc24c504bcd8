package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.platform.availability.PlatformStatus.BudgetStatus;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;

/**
 * Whether one platform may be called. A step asks for a permit before anything of it is stored; without one it is put on the
 * waiting list, and {@link #grantNext} sets a permit aside for it when its turn has come. Safe for several threads; no
 * method waits.
 */
public final class PlatformAvailability {

    private static final Logger LOG = Logger.getLogger(PlatformAvailability.class);

    /** How a call ended. */
    enum End {
        ANSWERED,
        FAILED,
        THROTTLED
    }

    private final String platform;
    private final RateRule rule;
    private final LongSupplier nanoTime;
    private final Governor governor;
    private final Breaker breaker;
    private final FailureEvidence evidence;
    private final PermitDesk desk;
    private final Runnable onRecovery;

    private boolean isPaused;
    /** Null when nobody has paused it by hand. */
    private OperatorPause byHand;

    private boolean isHeld;
    private long heldUntil;
    private State lastState = State.OK;
    private Instant since;
    private String words = "";
    private boolean hasRecovered;
    /** Of the last answer, as it is written: few ask for it, and reading it takes as long as much else of a call. */
    private String lastDate;

    PlatformAvailability(
            RateRule rule,
            LongSupplier nanoTime,
            IntSupplier members,
            Duration firstWait,
            Duration longestWait,
            Runnable onRecovery) {
        this.platform = rule.platform();
        this.rule = rule;
        this.nanoTime = nanoTime;
        this.governor = new Governor(rule, nanoTime, members);
        this.breaker = new Breaker(platform, nanoTime, firstWait, longestWait, this::changed);
        this.desk = new PermitDesk(this, rule, governor, breaker, this::isOpen, nanoTime);
        this.evidence = new FailureEvidence(nanoTime);
        this.onRecovery = onRecovery;
    }

    /** A permit for a step, or a place on the waiting list. A step that has a permit already keeps it. */
    public synchronized boolean take(Wish wish) {
        return desk.take(wish);
    }

    /**
     * An incident wants only these steps now. Its other places on the list, and permits that were set aside for it, go to
     * others at once: while a platform is tried again, each of its few permits counts.
     *
     * @param keys of the wishes that it still has
     */
    public synchronized void keepOnly(String incidentId, Set<String> keys) {
        desk.keepOnly(incidentId, keys);
    }

    /** The permit of a step that begins now; null when it has none, because it follows another step at once. */
    public synchronized Permit begin(String key) {
        return desk.begin(key);
    }

    /** A permit for something that does not wait for its turn; null when it may not begin now. */
    public synchronized Permit beginNow(Wish wish) {
        return desk.beginNow(wish);
    }

    /**
     * A request goes out. What it spends was set aside by the permit, or else is spent on top.
     *
     * @param permit of the step that makes the request; null when there is none
     * @param kind of that step; empty when there is none
     */
    public synchronized PlatformCall call(Permit permit, String kind, String method, String path) {
        var endpoint = governor.endpoint(method, path);
        governor.learn(kind, endpoint, permit == null ? 1 : permit.count(endpoint));
        var spent = governor.ofEndpoint(endpoint);
        for (var budget : spent) {
            if (permit == null || !permit.pays(budget)) {
                budget.take(1);
            }
        }
        return new PlatformCall(this, kind, endpoint, spent);
    }

    /** Nothing is sent but probes, until one is {@link #accepted}: the platform refuses whatever the hub sends. */
    public synchronized void pause(String reason) {
        words = reason;
        if (!isPaused) {
            isPaused = true;
            LOG.errorf("%s refuses our account and is paused: %s", platform, reason);
        }
        look();
    }

    /** A probe was answered: the platform takes our credentials. */
    public void accepted() {
        synchronized (this) {
            hasRecovered |= isPaused;
            if (isPaused) {
                LOG.infof("%s takes our credentials again", platform);
            }
            isPaused = false;
            contradict();
            look();
        }
        tellRecovery();
    }

    /** The platform answers, though most calls have failed: that says more of those calls. What they are for has its own back-off. */
    private void contradict() {
        if (evidence.isContradicted(breaker.state() == CircuitBreaker.State.OPEN)) {
            breaker.close();
        }
    }

    /**
     * Whether whoever asks this is to ask its probe: most calls have failed just now, so that it is left alone, and one that is answered tells
     * that it is not the platform. True for one caller, twice in ten minutes at most: in an outage of writes probes are answered, too.
     */
    public synchronized boolean asksProbe() {
        return byHand == null && evidence.asksProbe();
    }

    /** Whether it refuses whatever the hub sends. */
    public synchronized boolean isPaused() {
        return isPaused;
    }

    /** An operator has paused it: nothing begins any more, not even a probe. What has begun ends. */
    synchronized void pause(OperatorPause pause) {
        if (pause.equals(byHand)) {
            return;
        }
        byHand = pause;
        desk.withdraw();
        LOG.warnf("%s is %s", platform, pause.words());
        look();
    }

    /** An operator has resumed it. */
    void resume() {
        synchronized (this) {
            if (byHand == null) {
                return;
            }
            byHand = null;
            hasRecovered |= !isPaused;
            LOG.infof("%s is not paused by hand any more", platform);
            look();
        }
        tellRecovery();
    }

    /** The operator's order to call it for nothing; empty where there is none. */
    public synchronized Optional<OperatorPause> pausedByHand() {
        return Optional.ofNullable(byHand);
    }

    /** Whether the vendor has asked not to be called for a while. */
    public synchronized boolean isHeld() {
        return !untilCalled().isZero();
    }

    /** The breaker's state, such as {@code closed}. */
    public synchronized String breaker() {
        return breaker.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The vendor has refused a call, and asked to wait.
     *
     * @param kind of the step that made it
     * @param isThrottled whether because there were too many calls: then, where endpoints have limits of their own, only
     *     that endpoint is left alone
     */
    public void hold(String kind, Duration time, boolean isThrottled, String vendorsWords) {
        hold("", kind, time, isThrottled, vendorsWords);
    }

    /**
     * The same of a call for an incident. Where a filter answers its text so, it is refused each time it is tried: after the first time it
     * waits alone. A vendor that means the account says so to another incident as well.
     *
     * @param incidentId of the incident; empty where there is none
     */
    public synchronized void hold(
            String incidentId, String kind, Duration time, boolean isThrottled, String vendorsWords) {
        words = vendorsWords;
        if (evidence.held(incidentId) && (!isThrottled || !governor.close(kind, time))) {
            var end = nanoTime.getAsLong() + time.toNanos();
            heldUntil = isHeld && heldUntil - end > 0 ? heldUntil : end;
            isHeld = true;
        }
        look();
    }

    /** The vendor's last words, when a call failed. */
    public synchronized void said(String vendorsWords) {
        words = vendorsWords;
    }

    /** How long the vendor asks to wait, by an answer's headers. */
    public Duration retryAfter(UnaryOperator<String> headers) {
        return new AnswerHeaders(rule.headers(), headers).retryAfter().orElse(null);
    }

    void told(String endpoint, UnaryOperator<String> headers) {
        var answer = new AnswerHeaders(rule.headers(), headers);
        governor.told(endpoint, answer);
        lastDate = answer.date().orElse(null);
    }

    /** When the last answer was written, in whole seconds of the vendor's clock; empty when it does not say. */
    public synchronized Optional<Instant> lastWritten() {
        return Optional.ofNullable(lastDate).flatMap(AnswerHeaders::read);
    }

    /** Whether nothing of it may begin now, whatever is left of its limits. */
    public synchronized boolean isAway() {
        return !isOpen();
    }

    synchronized void told(PlatformCall call, UnaryOperator<String> headers) {
        // First: what the vendor says is left is without this call.
        call.arrived().forEach(Budget::ended);
        told(call.endpoint(), headers);
    }

    void ended(PlatformCall call, End end) {
        synchronized (this) {
            if (!call.end()) {
                return;
            }
            call.arrived().forEach(Budget::ended);
            switch (end) {
                case ANSWERED -> {
                    breaker.succeeded();
                    governor.answered(call.endpoint());
                }
                case FAILED -> failed(call.incidentId());
                case THROTTLED -> {
                    breaker.released();
                    governor.refused(
                            call.kind(), call.endpoint(), evidence.throttled(call.endpoint(), call.incidentId()));
                }
            }
        }
        tellRecovery();
    }

    /** While it is tried whether the platform answers again, each failure counts. */
    private void failed(String incidentId) {
        if (evidence.failed(incidentId) || breaker.state() != CircuitBreaker.State.CLOSED) {
            breaker.failed();
        } else {
            breaker.released();
        }
    }

    synchronized void giveBack(Permit permit) {
        desk.giveBack(permit);
    }

    /** Sets permits aside for what has waited longest in the most urgent lanes. Returns whose turn has come. */
    synchronized List<Wish> grantNext() {
        desk.withdrawLate();
        breaker.look();
        look();
        return desk.grantNext();
    }

    /** What is known now. */
    public synchronized PlatformStatus status() {
        look();
        var queue = new TreeMap<String, Integer>();
        desk.waiting().sizes().forEach((lane, size) -> queue.put(lane.label(), size));
        var lag = new TreeMap<String, Long>();
        desk.waiting().oldest().forEach((lane, age) -> lag.put(lane.label(), age.toMillis()));
        return new PlatformStatus(
                platform,
                lastState,
                byHand == null ? since : byHand.at(),
                until(),
                byHand == null ? words : byHand.words(),
                byHand == null ? null : byHand.by(),
                governor.known().stream().map(PlatformAvailability::status).toList(),
                queue,
                lag);
    }

    private static BudgetStatus status(Budget budget) {
        return new BudgetStatus(
                budget.name(),
                budget.calls(),
                budget.per().toSeconds(),
                budget.calls() == 0 ? 0 : budget.spendable(),
                budget.untilReset().toSeconds());
    }

    private boolean isOpen() {
        return !isPaused
                && byHand == null
                && untilCalled().isZero()
                && breaker.untilTry().isZero();
    }

    /** How long the vendor asked not to be called. */
    private Duration untilCalled() {
        var time = isHeld ? heldUntil - nanoTime.getAsLong() : 0;
        isHeld = time > 0;
        return isHeld ? Duration.ofNanos(time) : Duration.ZERO;
    }

    private State state() {
        if (isPaused || byHand != null) {
            return State.PAUSED;
        }
        return switch (breaker.state()) {
            case OPEN -> State.BROKEN;
            case HALF_OPEN -> State.PROBING;
            default -> !untilCalled().isZero() ? State.HELD : !desk.waiting().isEmpty() ? State.LIMITED : State.OK;
        };
    }

    private void look() {
        var state = state();
        if (state != lastState) {
            // From the first failure on, however often was tried since.
            var isSameOutage = isOutage(state) && isOutage(lastState);
            since = state == State.OK ? null : isSameOutage ? since : Instant.now();
            lastState = state;
        }
    }

    private static boolean isOutage(State state) {
        return state == State.BROKEN || state == State.PROBING;
    }

    private Instant until() {
        var left =
                switch (lastState) {
                    case BROKEN -> breaker.untilTry();
                    case HELD -> untilCalled();
                    case LIMITED ->
                        governor.known().stream()
                                .map(budget -> budget.untilOpen().isZero() ? budget.untilReset() : budget.untilOpen())
                                .max(Duration::compareTo)
                                .orElse(Duration.ZERO);
                    case OK, PROBING, PAUSED -> Duration.ZERO;
                };
        return left.isZero() ? null : Instant.now().plus(left);
    }

    /** Called under the lock, as all that changes the breaker's state is. */
    private void changed(CircuitBreaker.State from, CircuitBreaker.State to) {
        if (from == CircuitBreaker.State.CLOSED) {
            LOG.warnf("%s does not answer and is left alone, but for a few steps now and then: %s", platform, words);
            evidence.leftAlone();
        } else if (to == CircuitBreaker.State.CLOSED) {
            LOG.infof("%s answers again", platform);
            hasRecovered = true;
        }
    }

    /** Outside the lock: whoever is told asks for permits. */
    private void tellRecovery() {
        boolean tell;
        synchronized (this) {
            tell = hasRecovered;
            hasRecovered = false;
        }
        if (tell) {
            onRecovery.run();
        }
    }
}
