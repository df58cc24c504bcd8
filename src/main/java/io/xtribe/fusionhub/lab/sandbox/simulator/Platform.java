package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.Locale;
import java.util.Optional;

/** The three platforms that the sandbox simulates; the key is what paths, settings and calls use. */
public enum Platform {
    DATADOG,
    SERVICENOW,
    PAGERDUTY;

    private final String key = name().toLowerCase(Locale.ROOT);

    public String key() {
        return key;
    }

    public static Optional<Platform> of(String key) {
        for (Platform platform : values()) {
            if (platform.key.equals(key)) {
                return Optional.of(platform);
            }
        }
        return Optional.empty();
    }
}
