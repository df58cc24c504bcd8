package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.platform.PlatformException.Kind;

/** Tells refusals and failures apart by status code or exception: the one table for all platforms. */
public final class FailureClassifier {

    private static final int SERVER_ERROR = 500;
    private static final int MAX_WORDS = 500;
    private static final int EXCERPT = 200;
    private static final String NO_JSON = " answered with something that is not JSON";
    /** How much of a refusal is read, in bytes or characters. */
    public static final int LONGEST_ANSWER = 16 * 1024;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private FailureClassifier() {}

    /** What a status outside 2xx means. */
    public static Kind ofStatus(int status) {
        return switch (status) {
            case 401, 403 -> Kind.DENIED;
            case 402 -> Kind.FEATURE_OFF;
            case 429 -> Kind.THROTTLED;
            case 408, 425, 503 -> Kind.WILL_HEAL;
            // Sent elsewhere, by a proxy or a wrong base URL: whoever answered has not done what was asked.
            case 301, 302, 303, 307, 308 -> Kind.WILL_HEAL;
            // The proxy on the way wants to know who we are: nobody behind it was asked.
            case 407 -> Kind.WILL_HEAL;
            default -> status >= SERVER_ERROR || status < 400 ? Kind.UNKNOWN_OUTCOME : Kind.REJECTED;
        };
    }

    /** What an exception means that came instead of an answer: only a connection never made is harmless. */
    public static PlatformException ofException(String platform, Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PlatformException known) {
                return known;
            }
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException) {
                return new PlatformException(
                        Kind.WILL_HEAL, 0, platform + " cannot be reached: " + words(cause), null, failure);
            }
            if (cause instanceof IllegalArgumentException) {
                return new PlatformException(
                        Kind.UNKNOWN_OUTCOME,
                        0,
                        "the answer of " + platform + " is not as expected: " + words(cause),
                        null,
                        failure);
            }
            if (cause instanceof JsonProcessingException) {
                return new PlatformException(Kind.UNKNOWN_OUTCOME, 0, platform + NO_JSON, null, failure);
            }
        }
        return new PlatformException(
                Kind.UNKNOWN_OUTCOME, 0, platform + " gave no answer" + why(failure), null, failure);
    }

    /** In words of the network, without those of the client in which they are wrapped. */
    private static String why(Throwable failure) {
        var root = failure;
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedIOException
                    || cause instanceof HttpTimeoutException
                    || isEndedByUs(cause)) {
                return " in time";
            }
            root = cause;
        }
        return ": " + words(root);
    }

    /** What {@link Deadlines} ends, the clients tell as a connection that was closed on this side. */
    private static boolean isEndedByUs(Throwable failure) {
        return failure instanceof IOException
                && ("Socket closed".equals(failure.getMessage()) || "closed".equals(failure.getMessage()));
    }

    /**
     * An answer that is JSON, and not what was asked for: an empty one, or that of somebody else.
     *
     * @param answer what was answered
     * @param problem what is wrong with it
     */
    static IllegalArgumentException unexpected(JsonNode answer, IllegalArgumentException problem) {
        return new IllegalArgumentException(
                answer.isMissingNode() || answer.isNull()
                        ? "it is empty"
                        : problem.getMessage() + ", in " + shortened(answer.toString(), EXCERPT),
                problem);
    }

    /**
     * A status that is no success.
     *
     * @param answer the body, as far as it is to be read: {@link #LONGEST_ANSWER}
     * @param retryAfter how long the platform asks to wait, or null; one that asks for days is asked again after an hour
     */
    public static PlatformException ofAnswer(String platform, int status, String answer, Duration retryAfter) {
        var wait = retryAfter != null && retryAfter.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : retryAfter;
        return new PlatformException(
                ofStatus(status),
                status,
                platform + " answered " + status + ": " + shortened(answer),
                wait,
                answer.length() > LONGEST_ANSWER ? answer.substring(0, LONGEST_ANSWER) : answer,
                null);
    }

    /**
     * A status of success with something that is not JSON: the page of a proxy or of a filter on the way, or of an instance that
     * hibernates. Whether the call has reached the platform is unknown.
     *
     * @param answer the body, as far as it is to be read: {@link #LONGEST_ANSWER}
     */
    public static PlatformException ofPage(String platform, String answer) {
        return new PlatformException(
                Kind.UNKNOWN_OUTCOME,
                0,
                platform + NO_JSON + ": " + shortened(answer),
                null,
                answer.length() > LONGEST_ANSWER ? answer.substring(0, LONGEST_ANSWER) : answer,
                null);
    }

    /** The words of a platform, no longer than a line of the log should be. */
    private static String shortened(String words) {
        return shortened(words, MAX_WORDS);
    }

    private static String shortened(String words, int most) {
        var text = words.strip();
        return text.length() > most ? text.substring(0, most) + "..." : text;
    }

    private static String words(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
