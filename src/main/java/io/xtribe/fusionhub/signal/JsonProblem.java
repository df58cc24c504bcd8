package io.xtribe.fusionhub.signal;

import java.io.IOException;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Explains why bytes could not be read as JSON, with the place and without quoting them. */
public final class JsonProblem {

    private JsonProblem() {}

    /**
     * The failure as a dead letter's reason.
     *
     * @param what what was read, for example {@code the envelope}
     * @param failure what the parser threw
     * @param at the place that the parser had reached, or null where that is not known
     */
    public static InvalidSignalException of(String what, IOException failure, JsonLocation at) {
        var reported = failure instanceof JsonProcessingException json ? json.getLocation() : null;
        var place = place(reported == null ? at : reported);
        if (failure instanceof StreamConstraintsException beyond) {
            return isTooDeep(beyond)
                    ? new InvalidSignalException(
                            DeadLetterClass.TOO_DEEP, what + " is nested too deeply" + place, failure)
                    : new InvalidSignalException(
                            DeadLetterClass.TOO_LARGE,
                            what + " holds a text, a name or a number that is too long" + place,
                            failure);
        }
        if (failure instanceof JsonEOFException) {
            return new InvalidSignalException(
                    DeadLetterClass.UNREADABLE, what + " is not JSON: it ends too early" + place, failure);
        }
        return new InvalidSignalException(DeadLetterClass.UNREADABLE, what + " is not JSON" + place, failure);
    }

    /** Whether the parser gave up for the levels of objects and lists; only its message shows that. */
    public static boolean isTooDeep(StreamConstraintsException beyond) {
        return String.valueOf(beyond.getOriginalMessage()).contains("depth");
    }

    /** As the end of a sentence; empty where the parser names no place. */
    public static String place(JsonLocation at) {
        return at == null || at.getLineNr() < 1 ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }
}
