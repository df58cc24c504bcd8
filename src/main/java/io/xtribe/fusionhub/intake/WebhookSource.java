package io.xtribe.fusionhub.intake;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.platform.EnrichmentMapping;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.WebhookRules;
import io.xtribe.fusionhub.signal.Enrichment;
import io.xtribe.fusionhub.signal.WebhookAuthentication;

/** A source of webhooks: what the folder of its platform says about them, ready to be used. */
final class WebhookSource {

    /** What a NATS header can hold. */
    private static final Pattern PLAIN_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private final String name;
    private final WebhookRules rules;
    private final List<JsonPointer> idPlaces;
    private final Optional<EnrichmentMapping> enrichment;
    private final WebhookAuthentication authentication;

    /**
     * A source.
     *
     * @param name the platform's
     * @param platform empty where its folder cannot be used: it takes no part, and what the hub's own schemes prove becomes a
     *     dead letter
     * @param secrets those that its webhooks may prove
     */
    WebhookSource(String name, Optional<Platform> platform, List<String> secrets) {
        this.name = name;
        this.rules = platform.map(one -> one.descriptor().webhook()).orElse(WebhookRules.NONE);
        this.enrichment = platform.flatMap(EnrichmentMapping::of);
        this.idPlaces = rules.idPlaces();
        this.authentication =
                new WebhookAuthentication(secrets, Optional.ofNullable(rules.signature()), Clock.systemUTC());
    }

    WebhookAuthentication authentication() {
        return authentication;
    }

    /** The id of a delivery, as the platform gives it; without one, the hash of the body. */
    String eventId(JsonNode data, byte[] bytes) {
        for (var place : idPlaces) {
            var id = data.at(place);
            if (id.isValueNode() && PLAIN_ID.matcher(id.asText("")).matches()) {
                return name + ":" + id.asText();
            }
        }
        return name + ":" + Sha256.hex(bytes);
    }

    String type(JsonNode data) {
        return name + "." + rules.type(data);
    }

    /**
     * What the body says for the envelope.
     *
     * @throws IllegalArgumentException when the platform's mapping fails on it
     */
    Enrichment enrichment(JsonNode data) {
        return enrichment.map(mapping -> mapping.find(data)).orElse(Enrichment.NONE);
    }
}
