package io.xtribe.fusionhub.fallback;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.xtribe.fusionhub.config.FusionConfig.Fallback;

/** Which ways are configured, by the names of their routes. */
final class FallbackWays {

    static final String WEBHOOK = "webhook";
    static final String MAIL = "mail";
    static final String EVENTS = "events";

    private FallbackWays() {}

    static List<String> of(Fallback config) {
        return Stream.of(
                        config.webhook().url().map(url -> WEBHOOK),
                        config.mail().host().map(host -> MAIL),
                        config.events().key().map(key -> EVENTS))
                .flatMap(Optional::stream)
                .toList();
    }
}
