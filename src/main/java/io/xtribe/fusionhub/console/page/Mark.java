package io.xtribe.fusionhub.console.page;

import java.util.Locale;

/** How a record of an incident stands on a platform, in one sign. */
public enum Mark {
    /** It shows what it should. */
    IN_STEP("in step"),
    /** The hub is at it. */
    WAITING("waiting"),
    /** The platform cannot be called now. */
    HELD("held up"),
    /** The platform refused it. */
    REJECTED("rejected"),
    /** There is none, and none is to come. */
    NONE("none");

    private final String label;

    Mark(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** As its symbol and its style class are called. */
    public String sign() {
        return "mark-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
