package io.xtribe.fusionhub.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.smallrye.config.SmallRyeConfigBuilder;

import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Vocabulary;

/** The built-in platforms as their folders describe them, without any configuration. */
public final class BuiltIn {
    private static final Map<String, Platform> PLATFORMS = new ConcurrentHashMap<>();

    private BuiltIn() {}

    /** What the words of one of them mean. */
    public static Vocabulary words(String platform) {
        return PLATFORMS
                .computeIfAbsent(
                        platform, name -> Platform.find(name, Optional.empty(), new SmallRyeConfigBuilder().build())
                                .orElseThrow())
                .words();
    }
}
