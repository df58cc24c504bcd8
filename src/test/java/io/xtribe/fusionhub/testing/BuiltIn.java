package io.xtribe.fusionhub.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.smallrye.config.SmallRyeConfigBuilder;

import io.xtribe.fusionhub.platform.Descriptor;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Vocabulary;
import io.xtribe.fusionhub.startup.VendorRoutes;

/** The built-in platforms as their folders describe them, without any configuration. */
public final class BuiltIn {
    private static final Map<String, Platform> PLATFORMS = new ConcurrentHashMap<>();

    private BuiltIn() {}

    /** What the words of one of them mean. */
    public static Vocabulary words(String platform) {
        return find(platform).words();
    }

    /** What the folder of one of them says. */
    public static Descriptor descriptor(String platform) {
        return find(platform).descriptor();
    }

    /** The routes that the hub makes for one of them, beside those of its route file: of its descriptor and of its mapping of webhooks. */
    public static List<String> madeRoutes(String platform) {
        return Stream.concat(VendorRoutes.described(find(platform)).stream(), Stream.of(platform + "-signal"))
                .toList();
    }

    /** Which of their words open, by kind of first sign, with default settings. */
    public static Map<String, Set<String>> openingWords() {
        var words = new HashMap<String, Set<String>>();
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            words.putAll(find(platform).openingWords());
        }
        return words;
    }

    private static Platform find(String platform) {
        return PLATFORMS.computeIfAbsent(
                platform, name -> Platform.find(name, Optional.empty(), new SmallRyeConfigBuilder().build())
                        .orElseThrow());
    }
}
