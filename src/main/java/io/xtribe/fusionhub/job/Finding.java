package io.xtribe.fusionhub.job;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Something that a job has found, a row of its table.
 *
 * @param incident the correlation id; empty where it is about no incident
 * @param platform where; may be empty
 * @param kind in one word, for example {@code status}, {@code link} or {@code record}
 * @param text what is wrong, or different
 * @param state what became of it
 * @param remedy what a person has to do; empty where nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Finding(String incident, String platform, String kind, String text, State state, String remedy) {

    /** What became of it. */
    public enum State {
        /** Nothing had to be done. */
        OK,
        /** Nothing had to be done, and a person had better look at it all the same. */
        WARN,
        /** It would be done, were this no dry run. */
        WOULD,
        /** It is done. */
        DONE,
        /** It is still so. */
        LEFT
    }

    /** About no incident. */
    static Finding of(State state, String where, String kind, String text, String remedy) {
        return new Finding("", where, kind, text, state, remedy);
    }

    /** The same, with what became of it. */
    Finding as(State next) {
        return new Finding(incident, platform, kind, text, next, remedy);
    }
}
