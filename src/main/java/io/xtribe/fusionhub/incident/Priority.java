package io.xtribe.fusionhub.incident;

import java.util.Optional;

/** The hub's priorities, P1 the highest. The mapping to each platform's own is the hub's convention. */
public enum Priority {
    P1,
    P2,
    P3,
    P4,
    P5;

    /** Empty for an empty or unknown name: what has no priority is not opened. */
    public static Optional<Priority> parse(String name) {
        for (var priority : values()) {
            if (priority.name().equals(name)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
