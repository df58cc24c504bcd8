package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.http.HttpMethods;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Mode;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.Permit;
import io.xtribe.fusionhub.platform.availability.PlatformCall;

/**
 * What every {@code <platform>-call} route does around its one request: the observe gate and the deadline before it,
 * reading the answer and telling refusals apart after it.
 */
@Singleton
@Named("platformCalls")
public class PlatformCalls {

    private static final Logger LOG = Logger.getLogger(PlatformCalls.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ADMITTED = "admitted";
    private static final String CALL = "call";
    private static final String FAILURE = "failure";
    private static final String READS = "GET";
    private static final String TABLE_ACTION = "CamelServiceNowAction";
    private static final int MAX_WORDS = 500;

    /** A request on its way. */
    private record Call(String platform, long began, PlatformCall spent) {}

    private final boolean observe;
    private final Map<String, String> webUrls;
    private final Availability availability;
    private final MeterRegistry metrics;

    public PlatformCalls(FusionConfig config, Availability availability, MeterRegistry metrics) {
        this.observe = config.mode() == Mode.OBSERVE;
        this.webUrls = Map.of(
                "datadog", config.datadog().appUrl().toString(),
                "servicenow", config.servicenow().url().toString());
        this.availability = availability;
        this.metrics = metrics;
    }

    /**
     * Lets a request through to the platform's threads.
     *
     * @throws PlatformException in observe mode, for a request that would write
     */
    public void admit(String platform, Exchange exchange) {
        exchange.setProperty("webUrl", webUrls.getOrDefault(platform, ""));
        exchange.setProperty(ADMITTED, System.nanoTime());
        if (observe && isWrite(exchange)) {
            var run = exchange.getProperty(PlatformStep.RUN, PlatformStep.class);
            throw new PlatformException(
                    Kind.OBSERVED,
                    "would have " + (run == null ? "written to" : done(run.getOperation())) + " " + platform
                            + (run == null ? "" : " " + run.getPart()));
        }
    }

    /**
     * The last look before the request goes out, on the platform's own thread.
     *
     * @throws PlatformException when so little time is left that the call could outlive its attempt
     */
    public void begin(String platform, Exchange exchange) throws IOException {
        var run = exchange.getProperty(PlatformStep.RUN, PlatformStep.class);
        if (run != null && run.left().isNegative()) {
            throw new PlatformException(
                    Kind.NOT_STARTED, platform + " was too busy: the call would have outlived its attempt");
        }
        var message = exchange.getIn();
        if (message.getBody() instanceof JsonNode json) {
            message.setHeader(Exchange.CONTENT_TYPE, "application/json");
            // camel-servicenow takes and yields maps, camel-http bytes.
            message.setBody(isTableCall(exchange) ? JSON.convertValue(json, Map.class) : JSON.writeValueAsBytes(json));
        }
        if (message.getHeader(Exchange.HTTP_METHOD) instanceof String method) {
            // camel-http would look for a converter, through all of them, with every call.
            message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(method));
        }
        var now = System.nanoTime();
        exchange.setProperty(CALL, new Call(platform, now, spend(platform, run, exchange)));
        metrics.timer("fusion.calls.wait", "platform", platform)
                .record(Duration.ofNanos(now - exchange.getProperty(ADMITTED, Long.class)));
    }

    /**
     * Reads the answer: afterwards the body is JSON.
     *
     * @throws PlatformException when the platform did not say yes
     */
    public void answered(String platform, Exchange exchange) {
        var message = exchange.getIn();
        var status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        exchange.getProperty(CALL, Call.class).spent().told(name -> message.getHeader(name, String.class));
        if (message.getBody() instanceof Map || message.getBody() instanceof Collection) {
            message.setBody(JSON.valueToTree(message.getBody()));
        } else {
            var bytes = message.getBody(byte[].class);
            if (status != null && (status < 200 || status > 299)) {
                throw FailureClassifier.ofAnswer(platform, status, words(bytes), retryAfter(platform, exchange));
            }
            message.setBody(read(platform, bytes));
        }
        message.removeHeaders("*");
        exchange.getProperty(CALL, Call.class).spent().answered();
        count(exchange, "ok");
    }

    /**
     * Counts a call that was refused or not answered, by its status or else by what the failure means. The property
     * {@code failure} tells the route that made it, whatever the component has wrapped around what the platform said.
     */
    public void failed(@ExchangeProperty("platform") String platform, Exchange exchange) {
        var call = exchange.getProperty(CALL, Call.class);
        var failure = FailureClassifier.ofException(
                call == null ? platform : call.platform(),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
        exchange.setProperty(FAILURE, failure);
        if (call != null) {
            end(call, failure);
            count(exchange, failure.status() > 0 ? String.valueOf(failure.status()) : words(failure.kind()));
        }
    }

    private PlatformCall spend(String platform, PlatformStep run, Exchange exchange) {
        var message = exchange.getIn();
        return availability
                .of(platform)
                .call(
                        exchange.getProperty(PlatformStep.PERMIT, Permit.class),
                        run == null ? "" : run.getOperation() + "/" + run.getPart(),
                        message.getHeader(isTableCall(exchange) ? TABLE_ACTION : Exchange.HTTP_METHOD, String.class),
                        message.getHeader(Exchange.HTTP_PATH, String.class));
    }

    private void end(Call call, PlatformException failure) {
        if (failure.isThrottled()) {
            call.spent().throttled();
        } else if (failure.isOutage()) {
            availability.of(call.platform()).said(failure.getMessage());
            call.spent().failed();
        } else {
            call.spent().answered();
        }
    }

    /** For example {@code opened}, {@code closed}. */
    private static String done(String operation) {
        return operation + (operation.endsWith("e") ? "d" : "ed");
    }

    private void count(Exchange exchange, String outcome) {
        var call = (Call) exchange.removeProperty(CALL);
        var run = exchange.getProperty(PlatformStep.RUN, PlatformStep.class);
        metrics.timer(
                        "fusion.calls",
                        "platform",
                        call.platform(),
                        "operation",
                        run == null ? "maintenance" : run.getOperation(),
                        "outcome",
                        outcome)
                .record(Duration.ofNanos(System.nanoTime() - call.began()));
    }

    private static JsonNode read(String platform, byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            // For example the HTML page of a hibernating ServiceNow instance, with status 200.
            throw new PlatformException(
                    Kind.UNKNOWN_OUTCOME, 0, platform + " answered with something that is not JSON", null, e);
        }
    }

    private static boolean isWrite(Exchange exchange) {
        var message = exchange.getIn();
        return isTableCall(exchange)
                ? !"retrieve".equals(message.getHeader(TABLE_ACTION, String.class))
                : !READS.equals(message.getHeader(Exchange.HTTP_METHOD, String.class));
    }

    private static boolean isTableCall(Exchange exchange) {
        return exchange.getIn().getHeader(TABLE_ACTION) != null;
    }

    private Duration retryAfter(String platform, Exchange exchange) {
        return availability.of(platform).retryAfter(name -> exchange.getIn().getHeader(name, String.class));
    }

    /** For example {@code unknown-outcome}. */
    private static String words(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String words(byte[] bytes) {
        if (bytes == null) {
            return "";
        }
        var text = new String(bytes, StandardCharsets.UTF_8).strip();
        LOG.tracef("Answer: %s", text);
        return text.length() > MAX_WORDS ? text.substring(0, MAX_WORDS) + "..." : text;
    }
}
