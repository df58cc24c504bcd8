package io.xtribe.fusionhub.config;

import java.util.Collection;
import java.util.List;

/** Checks the settings of one part of the hub before the start. Found as a CDI bean. */
public interface ConfigurationCheck {

    /** What is wrong, a line each, which names the key, its value unless secret, and the remedy; empty when nothing is. */
    List<String> problems(FusionConfig config);

    /** Keys that this part reads beside those of {@link FusionConfig}. */
    default Collection<String> keys() {
        return List.of();
    }
}
