package io.xtribe.fusionhub.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.FusionConfig;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.signal.Catalogue;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RoutingHints;
import io.xtribe.fusionhub.signal.WebhookAuthentication;

/**
 * The hub's own webhook door: lets in what is authentic and puts it on NATS in the envelope that Vector makes too.
 * Answers only after NATS has stored it.
 */
@Singleton
@Named("webhookDoor")
public class WebhookDoor {

    private static final Logger LOG = Logger.getLogger(WebhookDoor.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int MAX_BYTES = 512 * 1024;
    static final String OVERSIZED = "the body is larger than 512 KB";
    /** Where the platforms put the id of a delivery. Theirs is stable over retries; a body without one is its own. */
    private static final List<String> EVENT_IDS = List.of("/event/id", "/event_id", "/id");
    /** What a NATS header can hold. */
    private static final Pattern PLAIN_ID = Pattern.compile("[\\x21-\\x7e]{1,200}");
    /** Exchange property with the source whose door was opened. */
    private static final String SOURCE = "source";
    /** Exchange property with the body as the platform wrote it. */
    private static final String BYTES = "bytes";

    private static final String GZIP = "gzip";

    private final NatsLink nats;
    private final DeadLetters deadLetters;
    private final Catalogue catalogue;
    private final Map<String, WebhookAuthentication> doors;

    public WebhookDoor(NatsLink nats, DeadLetters deadLetters, Catalogue catalogue, FusionConfig config) {
        this.nats = nats;
        this.deadLetters = deadLetters;
        this.catalogue = catalogue;
        this.doors = config.platforms().stream()
                .filter(source -> !secrets(config, source).isEmpty())
                .collect(Collectors.toUnmodifiableMap(
                        source -> source,
                        source -> new WebhookAuthentication(secrets(config, source), Clock.systemUTC())));
        config.platforms().stream()
                .filter(source -> !doors.containsKey(source))
                .forEach(source -> LOG.warnf(
                        "The door /webhooks/%s stays closed: set fusion.webhooks.%s.secret to open it",
                        source, source));
    }

    /**
     * Checks source, size and authentication; afterwards the body is what the platform wrote, uncompressed.
     *
     * @throws WebhookRefusal 404, 413 or 401
     */
    public void admit(@Body byte[] body, Exchange exchange) {
        var source = source(exchange.getIn().getHeader(Exchange.HTTP_PATH, "", String.class));
        var door = doors.get(source);
        if (door == null) {
            throw new WebhookRefusal(404, "no webhook door for this source");
        }
        var received = body == null ? new byte[0] : body;
        refuseOversized(received);
        var encoding = exchange.getIn().getHeader(Exchange.CONTENT_ENCODING, "", String.class);
        var written = encoding.equalsIgnoreCase(GZIP) ? uncompressed(received) : received;
        refuseOversized(written);
        // Signatures are over what the platform wrote: it is compressed, if at all, on the way.
        if (!door.accepts(name -> exchange.getIn().getHeader(name, String.class), written)) {
            throw new WebhookRefusal(401, "authentication is missing or wrong");
        }
        exchange.setProperty(SOURCE, source);
        exchange.getIn().setBody(written);
    }

    /** From the path itself: a path parameter comes as a header, and so does what the client calls by its name. */
    private static String source(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static void refuseOversized(byte[] bytes) {
        if (isOversized(bytes.length)) {
            throw new WebhookRefusal(413, OVERSIZED);
        }
    }

    static boolean isOversized(long bytes) {
        return bytes > MAX_BYTES;
    }

    /** No more than it takes to see that it is too much; the bytes as they are when they are not gzip. */
    private static byte[] uncompressed(byte[] bytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return gzip.readNBytes(MAX_BYTES + 1);
        } catch (IOException notGzip) {
            return bytes;
        }
    }

    /**
     * Reads what was admitted: afterwards the body is JSON, or nothing when it became a dead letter.
     *
     * @throws WebhookRefusal 503 when NATS does not store the dead letter within its time
     */
    public void read(@ExchangeProperty(SOURCE) String source, @Body byte[] body, Exchange exchange) {
        try {
            exchange.setProperty(BYTES, body);
            exchange.getIn().setBody(parse(body));
        } catch (InvalidSignalException unreadable) {
            exchange.getIn().setBody(null);
            store(source, () -> deadLetters.bury(source, body, unreadable.getMessage()));
        }
    }

    private static JsonNode parse(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidSignalException("the webhook body is not UTF-8", e);
        }
        try {
            var data = JSON.readTree(text);
            if (data != null && data.isObject()) {
                return data;
            }
        } catch (IOException e) {
            LOG.debugf(e, "A webhook body is not JSON");
        }
        throw new InvalidSignalException("the webhook body is not a JSON object");
    }

    /**
     * Stores a signal in its envelope, enriched from the service catalogue.
     *
     * @param found what {@code mappings/enrichment.jq} found in the body
     * @throws WebhookRefusal 503 when NATS does not store it within its time
     */
    public void publish(
            @ExchangeProperty(SOURCE) String source,
            @ExchangeProperty(BYTES) byte[] bytes,
            @ExchangeProperty("found") JsonNode found,
            @Body JsonNode data) {
        var event = new CloudEvent(
                eventId(source, data, bytes),
                source,
                type(source, data),
                Instant.now(),
                found.path("priority").asText(),
                hints(
                        found.path("service").asText(),
                        found.path("pagerdutyService").asText()),
                data);
        store(source, () -> nats.jetStream()
                .publish(
                        Names.signals(source),
                        event.toBytes(),
                        PublishOptions.builder().messageId(event.id()).build()));
    }

    private RoutingHints hints(String service, String pagerDutyService) {
        return service.isEmpty() ? catalogue.ofPagerDutyService(pagerDutyService) : catalogue.ofService(service);
    }

    private interface Storing {
        void run() throws IOException, JetStreamApiException;
    }

    private static void store(String source, Storing storing) {
        try {
            storing.run();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            LOG.warnf(
                    "A webhook of %s could not be stored, the platform will send it again: %s", source, e.getMessage());
            throw new WebhookRefusal(503, "the signal could not be stored, send it again");
        }
    }

    private static String eventId(String source, JsonNode data, byte[] bytes) {
        for (var pointer : EVENT_IDS) {
            var id = data.at(pointer);
            if (id.isValueNode() && PLAIN_ID.matcher(id.asText("")).matches()) {
                return source + ":" + id.asText();
            }
        }
        return source + ":" + sha256(bytes);
    }

    /** Datadog alone has two kinds; its payload templates name theirs. */
    private static String type(String source, JsonNode data) {
        return source + (data.path("schema").asText("").contains("monitor") ? ".alert" : ".incident");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static List<String> secrets(FusionConfig config, String source) {
        var webhook = config.webhooks().get(source);
        return webhook == null ? List.of() : webhook.secret().orElse(List.of());
    }
}
