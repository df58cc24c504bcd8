package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A call to a platform that did not succeed, told apart by what has to follow. */
public class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern ALREADY_RESOLVED = Pattern.compile("(?i)already (?:been )?resolved");

    /** What a failure means. */
    public enum Kind {
        /** Timeout, reset, 500, 502, 504: the call may have had its effect. */
        UNKNOWN_OUTCOME,
        /** Connection refused, 408, 425, 429, 503: it had none, and trying again later will do. */
        WILL_HEAL,
        /** 401: nothing will succeed before somebody mends our credentials. */
        UNAUTHORISED,
        /** 403: either our credentials, or just this target. */
        FORBIDDEN,
        /** 402: the account does not have the feature. */
        FEATURE_OFF,
        /** Any other 4xx: this request will never be taken. */
        REJECTED,
        /** {@code fusion.mode=observe}: the call was not made. */
        OBSERVED,
        /** Too little time was left to make the call; it was not made. */
        NOT_STARTED
    }

    private final Kind kind;
    private final int status;
    private final transient Duration retryAfter;

    public PlatformException(Kind kind, int status, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
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

    /** How long the platform asked us to wait, if it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the platform refused the call because there were too many. */
    public boolean isThrottled() {
        return status == 429;
    }

    /** Whether the platform could not answer, or not now: the circuit breaker counts these. */
    public boolean isOutage() {
        return (kind == Kind.UNKNOWN_OUTCOME || kind == Kind.WILL_HEAL) && !isThrottled();
    }

    /** Whether the platform said no to this very request, so that a plainer one may be taken. For routes. */
    public boolean isRefusal() {
        return kind == Kind.REJECTED || kind == Kind.FORBIDDEN || kind == Kind.FEATURE_OFF;
    }

    /** Whether PagerDuty refused to resolve an incident because it is resolved: its error 1001. For routes. */
    public boolean isAlreadyResolved() {
        return status == 400
                && getMessage() != null
                && ALREADY_RESOLVED.matcher(getMessage()).find();
    }

    /** Whether an optional feature is not there: off by plan, not configured, or not ours to use. For routes. */
    public boolean isMissingFeature() {
        return kind == Kind.FEATURE_OFF || kind == Kind.FORBIDDEN || status == 404;
    }
}
