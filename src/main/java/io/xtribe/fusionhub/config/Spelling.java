package io.xtribe.fusionhub.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what was probably meant by a misspelt name. */
public final class Spelling {

    private static final LevenshteinDistance LEVENSHTEIN = LevenshteinDistance.getDefaultInstance();

    private Spelling() {}

    /** The one of the known names that is spelt most alike; empty when none is known. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String one) -> LEVENSHTEIN.apply(name, one))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
