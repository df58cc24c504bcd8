package io.xtribe.fusionhub.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.catalogue.Catalogue;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.Enrichment;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RareLog;

/** Puts what was not sent to the webhook endpoint into the envelope, with the enrichment, that a webhook gets there. */
@Singleton
public class Envelopes {

    /** What a NATS header can hold. */
    private static final Pattern PLAIN_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private static final Logger LOG = Logger.getLogger(Envelopes.class);

    private final Catalogue catalogue;
    private final Map<String, WebhookSource> sources;
    private final RareLog notEnriched = new RareLog(LOG);

    public Envelopes(Catalogue catalogue, Platforms platforms) {
        this.catalogue = catalogue;
        this.sources = platforms.all().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Platform::name,
                        platform -> new WebhookSource(platform.name(), platforms.find(platform.name()), List.of())));
    }

    /** An id that a NATS header can hold: how it begins, and the rest or, where that is too long or not plain, a hash. */
    public static String id(String beginning, String rest) {
        var id = beginning + rest;
        return PLAIN_ID.matcher(id).matches() ? id : beginning + Sha256.hex(id.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A signal of a platform that takes part.
     *
     * @param id the same whenever the same is told; made by {@link #id}
     * @param data in the form of the platform's webhooks
     * @throws IllegalArgumentException when the platform takes no part
     */
    public CloudEvent of(String platform, String id, JsonNode data) {
        var source = sources.get(platform);
        if (source == null) {
            throw new IllegalArgumentException("the platform " + platform + " takes no part");
        }
        var found = enrichment(platform, source, data);
        return new CloudEvent(
                id,
                platform,
                source.type(data),
                Instant.now(),
                found.priority(),
                found.service().isEmpty() ? catalogue.find(found.lookup()) : catalogue.ofService(found.service()),
                data);
    }

    /**
     * A webhook of a platform that takes part, as the webhook endpoint would put it into its envelope.
     *
     * @param body as it came
     * @param notEnriched told in a sentence where its enrichment fails, which costs the enrichment only
     * @return the bytes of the envelope
     * @throws InvalidSignalException when the endpoint would make it a dead letter
     * @throws IllegalArgumentException when the platform takes no part
     */
    public byte[] ofWebhook(String platform, byte[] body, Instant at, Consumer<String> notEnriched) {
        var source = sources.get(platform);
        if (source == null) {
            throw new IllegalArgumentException("the platform " + platform + " takes no part");
        }
        var data = WebhookJson.read(body);
        var found = Enrichment.NONE;
        try {
            found = source.enrichment(data);
        } catch (IllegalArgumentException e) {
            notEnriched.accept(
                    "it goes on without service and priority, its enrichment failed: " + FailureWords.message(e));
        }
        return new CloudEvent(
                        source.eventId(data, body),
                        platform,
                        source.type(data),
                        at,
                        found.priority(),
                        found.service().isEmpty()
                                ? catalogue.find(found.lookup())
                                : catalogue.ofService(found.service()),
                        data)
                .toBytes(body);
    }

    private Enrichment enrichment(String platform, WebhookSource source, JsonNode data) {
        try {
            return source.enrichment(data);
        } catch (IllegalArgumentException e) {
            notEnriched.warn("What was read of %s goes on without service and priority, its enrichment failed: %s"
                    .formatted(platform, FailureWords.message(e)));
            return Enrichment.NONE;
        }
    }
}
