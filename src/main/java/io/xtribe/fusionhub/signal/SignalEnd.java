package io.xtribe.fusionhub.signal;

import java.util.Locale;

/** What the end of something makes of the incident that began with it. */
public enum SignalEnd {
    /** It is over everywhere. */
    RESOLVE,
    /** It goes on, and a comment says so. */
    COMMENT,
    /** It goes on. */
    IGNORE;

    /**
     * By its name in a mapping; an empty one is the first.
     *
     * @throws InvalidSignalException for any other
     */
    static SignalEnd parse(String text) {
        for (var end : values()) {
            if (end.word().equals(text)) {
                return end;
            }
        }
        if (text.isEmpty()) {
            return RESOLVE;
        }
        throw new InvalidSignalException("end " + SafeText.quoted(text) + " is none of resolve, comment, ignore");
    }

    /** As in a mapping. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
