package io.xtribe.fusionhub.intake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants;
import org.apache.camel.support.SynchronizationAdapter;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.catalogue.Catalogue;
import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.intake.WebhookRefusals.Reason;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.Enrichment;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RareLog;
import io.xtribe.fusionhub.signal.WebhookAuthentication;
import io.xtribe.fusionhub.trace.Trace;
import io.xtribe.fusionhub.trace.TracedExchange;
import io.xtribe.fusionhub.trace.Traces;

/**
 * The hub's own webhook endpoint: lets in what is authentic and puts it on NATS in the envelope that Vector makes too.
 * Answers only after NATS has stored it.
 */
@Singleton
@Named("webhookEndpoint")
public class WebhookEndpoint {

    private static final Logger LOG = Logger.getLogger(WebhookEndpoint.class);
    private static final int MAX_BYTES = 512 * 1024;
    static final String OVERSIZED = "the body is larger than 512 KB";
    static final String UNKNOWN_SOURCE = "no webhook endpoint for this source";
    static final String NOT_STORED = "the signal could not be stored, send it again";
    static final String UNAUTHENTICATED = "authentication is missing or wrong";
    /** With every 503. A short time, since most of the reasons for it are over within seconds. */
    static final String RETRY_AFTER_SECONDS = "2";
    /** Bytes of bodies that are parsed at once: a JSON tree may be thirty times as large as its text. */
    private static final int APART = 2 * 1024 * 1024;

    private static final long APART_WAIT_SECONDS = 1;
    /** Exchange property with the source whose endpoint was opened. */
    private static final String SOURCE = "source";
    /** Exchange property with the body as the platform wrote it. */
    private static final String BYTES = "bytes";

    private static final String GZIP = "gzip";

    private final Publisher publisher;
    private final DeadLetters deadLetters;
    private final Catalogue catalogue;
    private final WebhookRefusals refusals;
    private final Map<String, WebhookSource> endpoints;
    private final Semaphore apart = new Semaphore(APART, true);
    private final RareLog notStored = new RareLog(LOG);
    private final RareLog notEnriched = new RareLog(LOG);
    private final RareLog unexpected = new RareLog(LOG);

    public WebhookEndpoint(
            Publisher publisher,
            DeadLetters deadLetters,
            Catalogue catalogue,
            WebhookRefusals refusals,
            Platforms platforms,
            FusionConfig config) {
        this.publisher = publisher;
        this.deadLetters = deadLetters;
        this.catalogue = catalogue;
        this.refusals = refusals;
        this.endpoints = config.platforms().stream()
                .filter(source -> !secrets(config, source).isEmpty())
                .collect(Collectors.toUnmodifiableMap(
                        source -> source,
                        source -> new WebhookSource(source, platforms.find(source), secrets(config, source))));
        config.platforms().stream()
                .filter(source -> !endpoints.containsKey(source))
                .forEach(source -> LOG.warnf(
                        "The webhook endpoint /webhooks/%s stays closed: set fusion.webhooks.%s.secret to open it",
                        source, source));
    }

    /** How the sender of a source is authenticated; empty where the webhook endpoint is closed. */
    Optional<WebhookAuthentication> authentication(String source) {
        return Optional.ofNullable(endpoints.get(source)).map(WebhookSource::authentication);
    }

    /** Whether a body has the signature that its headers claim. Takes as long as the body is long. */
    boolean isAuthentic(String source, UnaryOperator<String> header, byte[] received) {
        return endpoints
                .get(source)
                .authentication()
                .accepts(header, written(header.apply(Exchange.CONTENT_ENCODING), received));
    }

    /**
     * Checks source, size and authentication; afterwards the body is what the platform wrote, uncompressed.
     *
     * @throws WebhookRefusal 404, 413 or 401; 503 when too much is under way
     */
    public void admit(@Body byte[] body, Exchange exchange) {
        var source = source(exchange.getIn().getHeader(Exchange.HTTP_PATH, "", String.class));
        var endpoint = endpoints.get(source);
        if (endpoint == null) {
            refusals.count(source, Reason.UNKNOWN_SOURCE);
            throw new WebhookRefusal(404, UNKNOWN_SOURCE);
        }
        var received = body == null ? new byte[0] : body;
        refuseOversized(source, received);
        UnaryOperator<String> header = name -> joined(exchange.getIn().getHeader(name));
        var encoding = header.apply(Exchange.CONTENT_ENCODING);
        waitForRoom(source, GZIP.equalsIgnoreCase(encoding) ? MAX_BYTES : received.length, exchange);
        var written = written(encoding, received);
        refuseOversized(source, written);
        // Signatures are over what the platform wrote: it is compressed, if at all, on the way.
        if (!endpoint.authentication().accepts(header, written)) {
            refusals.unauthenticated(source, address(exchange));
            throw new WebhookRefusal(401, UNAUTHENTICATED);
        }
        exchange.setProperty(SOURCE, source);
        exchange.setProperty(BYTES, written);
        exchange.getIn().setBody(written);
        if (Traces.isOn()) {
            TracedExchange.carry(
                    exchange,
                    Traces.begin("webhook " + source, Traces.Kind.SERVER, header.apply(Traces.HEADER))
                            .with("fusion.platform", source));
        }
    }

    /** From the path itself: Camel passes the path parameter as a header, which the client could set, too. */
    private static String source(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String address(Exchange exchange) {
        return exchange.getIn().getHeader(VertxPlatformHttpConstants.REMOTE_ADDRESS) instanceof SocketAddress address
                ? address.hostAddress()
                : "unknown";
    }

    /** A header that came several times as one value, as RFC 9110 joins them; as {@link WebhookGate} does. */
    private static String joined(Object header) {
        if (header instanceof Collection<?> values) {
            return values.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return header == null ? null : header.toString();
    }

    private void refuseOversized(String source, byte[] bytes) {
        if (isOversized(bytes.length)) {
            refusals.count(source, Reason.TOO_LARGE);
            throw new WebhookRefusal(413, OVERSIZED);
        }
    }

    static boolean isOversized(long bytes) {
        return bytes > MAX_BYTES;
    }

    private static byte[] written(String encoding, byte[] received) {
        return GZIP.equalsIgnoreCase(encoding) ? uncompressed(received) : received;
    }

    /** At most one byte more than is allowed; the bytes as they are when they are not gzip. */
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
            exchange.getIn().setBody(WebhookJson.read(body));
        } catch (InvalidSignalException unreadable) {
            exchange.getIn().setBody(null);
            storeLetter(source, body, unreadable);
        }
    }

    /** What the body says for the envelope. A mapping that fails on it costs the enrichment, not the signal. */
    public Enrichment enrich(@ExchangeProperty(SOURCE) String source, @Body JsonNode data) {
        try {
            return endpoints.get(source).enrichment(data);
        } catch (IllegalArgumentException e) {
            LOG.debugf(e, "A webhook of %s could not be enriched", source);
            notEnriched.warn("A webhook of %s goes on without service and priority, its enrichment failed: %s"
                    .formatted(source, FailureWords.message(e)));
            return Enrichment.NONE;
        }
    }

    /**
     * Stores a signal in its envelope, enriched from the service catalogue.
     *
     * @param found what its body says
     * @throws WebhookRefusal 503 when NATS does not store it within its time
     */
    public void publish(
            @ExchangeProperty(SOURCE) String source,
            @ExchangeProperty(BYTES) byte[] bytes,
            @ExchangeProperty("found") Enrichment found,
            @ExchangeProperty(TracedExchange.TRACE) Trace trace,
            @Body JsonNode data) {
        var headers = trace == null ? Map.<String, String>of() : Map.of(Traces.HEADER, trace.header());
        var endpoint = endpoints.get(source);
        var event = new CloudEvent(
                endpoint.eventId(data, bytes),
                source,
                endpoint.type(data),
                Instant.now(),
                found.priority(),
                hints(found),
                data);
        try {
            store(
                    source,
                    () -> publisher.publish(Names.signals(source), event.id(), headers, fitting(event.toBytes(bytes))));
        } catch (InvalidSignalException tooLarge) {
            storeLetter(source, bytes, tooLarge);
        }
    }

    private byte[] fitting(byte[] message) {
        var longest = publisher.largestMessage();
        if (message.length > longest) {
            throw new InvalidSignalException(
                    DeadLetterClass.TOO_LARGE,
                    "the webhook has " + message.length + " bytes in its envelope, NATS takes " + longest,
                    "raise max_payload of the server, then let it be sent again",
                    null);
        }
        return message;
    }

    /**
     * Answers a webhook that failed in a way that no step expects. It would fail again if it were sent again. So it
     * becomes a dead letter and is answered 202; 503 where the letter cannot be stored, or it failed before it was admitted.
     */
    public void giveUp(Exchange exchange) {
        var caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        // Camel wraps what is an error in an exception.
        var failure =
                caught instanceof CamelExecutionException && caught.getCause() != null ? caught.getCause() : caught;
        var source = exchange.getProperty(SOURCE, String.class);
        var bytes = exchange.getProperty(BYTES, byte[].class);
        var status = 503;
        LOG.debugf(failure, "A webhook of %s failed unexpectedly", source);
        unexpected.error("A webhook of %s could not be handled: %s".formatted(source, FailureWords.of(failure)));
        if (bytes != null) {
            try {
                storeLetter(
                        source,
                        bytes,
                        new InvalidSignalException(
                                DeadLetterClass.UNEXPECTED,
                                "it could not be taken in: "
                                        + failure.getClass().getSimpleName(),
                                failure));
                status = 202;
            } catch (RuntimeException notStored) {
                LOG.debugf(notStored, "The dead letter of a webhook of %s could not be stored", source);
            }
        }
        var answer = exchange.getMessage();
        answer.removeHeaders("*");
        answer.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        if (status == 503) {
            answer.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        answer.setBody(status == 202 ? "accepted" : NOT_STORED);
    }

    /** @throws WebhookRefusal 503 when NATS does not store it within its time */
    private void storeLetter(String source, byte[] body, InvalidSignalException why) {
        store(source, () -> deadLetters.store(DeadLetter.ofWebhook(source, body, why)));
    }

    private RoutingHints hints(Enrichment found) {
        return found.service().isEmpty() ? catalogue.find(found.lookup()) : catalogue.ofService(found.service());
    }

    private interface Storing {
        void run() throws IOException;
    }

    /**
     * Stores something. A message that NATS does not take for its size is refused again whenever it is sent; every other
     * failure is temporary, so that the platform is asked to send the webhook again.
     */
    private void store(String source, Storing storing) {
        try {
            storing.run();
        } catch (RefusedByNatsException e) {
            if (e.isTooLarge()) {
                throw new InvalidSignalException(
                        DeadLetterClass.TOO_LARGE,
                        "the webhook is larger than the stream takes",
                        "raise max_msg_size of " + Names.SIGNALS + ", then let it be sent again",
                        e);
            }
            throw notStored(source, e);
        } catch (IllegalArgumentException tooLarge) {
            throw new InvalidSignalException(
                    DeadLetterClass.TOO_LARGE,
                    "the webhook is larger than NATS takes",
                    "raise max_payload of the server, then let it be sent again",
                    tooLarge);
        } catch (IOException | IllegalStateException e) {
            throw notStored(source, e);
        }
    }

    private WebhookRefusal notStored(String source, Exception failure) {
        refusals.count(source, Reason.NOT_STORED);
        notStored.warn("A webhook of %s could not be stored, the platform will send it again: %s"
                .formatted(source, FailureWords.message(failure)));
        return new WebhookRefusal(503, NOT_STORED);
    }

    /** Waits until so many bytes may be parsed; they are given back when the exchange is done. */
    private void waitForRoom(String source, int bytes, Exchange exchange) {
        try {
            if (!apart.tryAcquire(bytes, APART_WAIT_SECONDS, TimeUnit.SECONDS)) {
                refusals.count(source, Reason.BUSY);
                throw new WebhookRefusal(503, "too much is under way, send it again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            refusals.count(source, Reason.NOT_READY);
            throw new WebhookRefusal(503, "the hub is stopping, send it again");
        }
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                apart.release(bytes);
            }
        });
    }

    private static List<String> secrets(FusionConfig config, String source) {
        var webhook = config.webhooks().get(source);
        return webhook == null ? List.of() : webhook.secret().orElse(List.of());
    }
}
