package io.xtribe.fusionhub.intake;

import java.util.Collection;
import java.util.Set;

/**
 * Sources as subjects, metrics and log lines name them: the name of a platform, or {@code unknown} for everything else. Text
 * from outside never becomes a label.
 */
final class SourceLabels {

    private static final String UNKNOWN = "unknown";

    private final Set<String> platforms;

    SourceLabels(Collection<String> platforms) {
        this.platforms = Set.copyOf(platforms);
    }

    String of(String source) {
        return source != null && platforms.contains(source) ? source : UNKNOWN;
    }
}
