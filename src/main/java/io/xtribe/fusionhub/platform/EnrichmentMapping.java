package io.xtribe.fusionhub.platform;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.signal.Enrichment;

/** {@code enrichment.jq} of a platform's folder, compiled: what a webhook's body says for the envelope. */
public final class EnrichmentMapping {

    /** The name of its file. */
    public static final String FILE = "enrichment.jq";

    private final Mapping mapping;
    private final Platform platform;

    private EnrichmentMapping(Mapping mapping, Platform platform) {
        this.mapping = mapping;
        this.platform = platform;
    }

    /** Empty where the folder has none: nothing is found in its bodies. */
    public static Optional<EnrichmentMapping> of(Platform platform) {
        var folder = platform.folder();
        return folder.exists(FILE)
                ? Optional.of(new EnrichmentMapping(Mapping.compile(FILE, folder.text(FILE)), platform))
                : Optional.empty();
    }

    /**
     * What a body says.
     *
     * @throws IllegalArgumentException when the program fails on it
     */
    public Enrichment find(JsonNode body) {
        var found = mapping.apply(body, platform.context(null));
        return found == null ? Enrichment.NONE : Enrichment.of(found, platform.words());
    }
}
