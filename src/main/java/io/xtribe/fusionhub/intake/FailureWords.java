package io.xtribe.fusionhub.intake;

import java.util.Arrays;
import java.util.stream.Stream;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;

/** Says in one line what has failed, for the log and for dead letters. */
final class FailureWords {

    private static final int LIMIT = 300;
    private static final int MOST_CAUSES = 20;
    private static final String HUB = FailureWords.class.getPackageName().replace(".intake", "");

    private FailureWords() {}

    /**
     * The kind of the failure and where in the hub it happened. Its message only where the hub wrote it itself: any other may
     * quote what an unauthenticated sender wrote.
     */
    static String of(Throwable failure) {
        var cause = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        if (cause instanceof InvalidSignalException
                || cause instanceof NotYetUnderstoodException
                || cause instanceof NotYetKnownException
                || cause instanceof StoreUnavailableException) {
            return SafeText.line(String.valueOf(cause.getMessage()), LIMIT);
        }
        if (causes(failure).anyMatch(StoreUnavailableException.class::isInstance)) {
            return "NATS or the store is away";
        }
        var place = Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(HUB))
                .findFirst()
                .map(frame -> frame.getClassName().substring(HUB.length() + 1) + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .orElse("a route");
        return "an unexpected " + cause.getClass().getSimpleName() + " in " + place;
    }

    /** The message of an exception as one line. */
    static String message(Exception failure) {
        return SafeText.line(String.valueOf(failure.getMessage()), LIMIT);
    }

    /** The failure and its causes, from the outside in. */
    static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES);
    }
}
