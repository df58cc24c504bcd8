package io.xtribe.fusionhub.signal;

import java.util.Locale;

/**
 * Why the hub made something a dead letter. The names on the wire are those of docs/schemas/dead-letter.schema.json, which has
 * one more that only Vector writes: {@code unauthenticated}.
 */
public enum DeadLetterClass {
    UNREADABLE("correct the sender: the bytes as they came are in bodyBase64"),
    TOO_DEEP("let the sender send fewer levels of objects and lists"),
    TOO_LARGE("let the sender send less"),
    UNKNOWN_SOURCE("publish under a source that is in fusion.platforms, or add it there"),
    NOT_UNDERSTOOD(
            "add what the reason names to the tables of the platform's folder, or correct the sender, then replay it"),
    INVALID("correct what the reason names at the sender or in its mapping file, then replay it"),
    EXPIRED("if it is still open on its platform, open an incident by hand"),
    FOREIGN(
            "let it post to a hub of its own with a secret of its own; if it is one of yours, allow it and replay this"),
    UNEXPECTED("report it as an error of the hub together with this letter, then replay it");

    private final String remedy;

    DeadLetterClass(String remedy) {
        this.remedy = remedy;
    }

    /** What an operator can do, unless the letter has a more specific remedy. */
    public String remedy() {
        return remedy;
    }

    /** The name in the letter, for example {@code too-deep}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
