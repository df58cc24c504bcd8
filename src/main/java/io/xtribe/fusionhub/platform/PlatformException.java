package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.Optional;

/** A call to a platform that did not succeed, told apart by what has to follow. */
public class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a failure means; docs/platform.md says how a vendor's table of refusals chooses one. */
    public enum Kind {
        /** Timeout, reset, 500, 502, 504: the call may have had its effect. */
        UNKNOWN_OUTCOME,
        /** Connection refused, 408, 425, 503: it had none, and trying again later will do. */
        WILL_HEAL,
        /** 429: there were too many calls. It had no effect, and trying again later will do. */
        THROTTLED,
        /** 401, 403: either our credentials are refused or only this request is; the platform's probe tells. */
        DENIED,
        /** The account refuses everything before somebody corrects its settings or ours, such as our credentials. */
        ACCOUNT,
        /** 402: the account does not have the feature. */
        FEATURE_OFF,
        /** Any other 4xx: this request will never be taken. */
        REJECTED,
        /** Nothing had to be done: the record is as it was to be. */
        ALREADY,
        /** {@code fusion.mode=observe}: the call was not made. */
        OBSERVED,
        /** Too little time was left to make the call; it was not made. */
        NOT_STARTED
    }

    private final Kind kind;
    private final int status;
    private final transient Duration retryAfter;
    private final String answer;

    public PlatformException(Kind kind, int status, String message, Duration retryAfter, Throwable cause) {
        this(kind, status, message, retryAfter, "", cause);
    }

    PlatformException(Kind kind, int status, String message, Duration retryAfter, String answer, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
        this.answer = answer;
    }

    /** The same failure, of which more is known now. */
    public PlatformException as(Kind other) {
        return other == kind ? this : new PlatformException(other, status, getMessage(), retryAfter, answer, this);
    }

    public PlatformException(Kind kind, String message) {
        this(kind, 0, message, null, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The HTTP status, or 0 when there was no answer. */
    public int status() {
        return status;
    }

    /** The body of the answer, at most its first 16 KB; empty when there was none. */
    String answer() {
        return answer;
    }

    /** How long the platform asked us to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the platform refused the call because there were too many. */
    public boolean isThrottled() {
        return kind == Kind.THROTTLED;
    }

    /** Whether the platform could not answer, or not now: the circuit breaker counts these. */
    public boolean isOutage() {
        return kind == Kind.UNKNOWN_OUTCOME || kind == Kind.WILL_HEAL;
    }

    /** Whether the platform's probe must tell how far the refusal reaches. For routes. */
    public boolean isDenied() {
        return kind == Kind.DENIED;
    }

    /** Whether the platform said no to this very request, so that a plainer one may be taken. For routes. */
    public boolean isRefusal() {
        return kind == Kind.REJECTED || kind == Kind.DENIED && status != 401 || kind == Kind.FEATURE_OFF;
    }

    /**
     * Whether a create was answered and surely not made, so that one that holds less may be made at once: it was refused, or sent
     * elsewhere, as filters do that lead to a page of their own. For routes.
     */
    public boolean isTurnedAway() {
        return isRefusal() || kind == Kind.WILL_HEAL && status >= 300 && status < 400;
    }

    /**
     * Whether a page of HTML was answered with a status of success, as by a filter on the way that refuses what was sent. It does not
     * tell whether the call was made. A create may be made again at once, with less text and to the same place, only where the platform's
     * own key keeps it from being made twice. For routes.
     */
    public boolean isPage() {
        return kind == Kind.UNKNOWN_OUTCOME
                && status == 0
                && answer.stripLeading().startsWith("<");
    }

    /** Whether nothing had to be done: the record is as it was to be. For routes. */
    public boolean isAlready() {
        return kind == Kind.ALREADY;
    }

    /** Whether an optional feature is not there: off by plan, not configured, or not ours to use. For routes. */
    public boolean isMissingFeature() {
        return kind == Kind.FEATURE_OFF || kind == Kind.DENIED && status != 401 || status == 404;
    }
}
