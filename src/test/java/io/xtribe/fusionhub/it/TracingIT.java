package io.xtribe.fusionhub.it;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.proto.trace.v1.Span;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.openapi.Recorder;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.TraceReceiver;
import io.xtribe.fusionhub.testing.Webhooks;

import static io.xtribe.fusionhub.testing.TraceReceiver.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A hub whose traces go to a collector, and whose log lines are JSON. */
class TracingIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> PLATFORMS = List.of("datadog", "servicenow", "pagerduty");
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String TITLE = "traced, of customer Example";

    private static Rig rig;
    private static TraceReceiver receiver;
    private static Recorder recorder;
    private static HubProcess hub;

    @BeforeAll
    static void start() {
        rig = Rig.start("TracingIT");
        receiver = TraceReceiver.start();
        recorder = Recorder.start();
        recorder.passTo(rig.platforms().url());
        var settings = rig.hub()
                .env("FUSION_TRACING_ENABLED", "true")
                .env("FUSION_TRACING_ENDPOINT", receiver.url())
                .env("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true");
        PLATFORMS.forEach(
                name -> settings.env("FUSION_" + name.toUpperCase(Locale.ROOT) + "_URL", recorder.url() + "/" + name));
        hub = settings.start().awaitReady();
    }

    @AfterAll
    static void stop() {
        hub.close();
        recorder.close();
        receiver.close();
        rig.close();
    }

    private static String open(String title, String trace) {
        var body = Rig.alert(title);
        var headers = new HashMap<>(
                Webhooks.headers("datadog", Webhooks.secret("datadog"), body.getBytes(StandardCharsets.UTF_8)));
        headers.put("traceparent", "00-" + trace + "-" + PARENT + "-01");
        assertThat(hub.webhook("datadog", body, headers)).isEqualTo(202);
        return trace;
    }

    private static String newTrace() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Span span(List<Span> spans, String name) {
        return spans.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is none of " + names(spans)));
    }

    private static List<String> names(List<Span> spans) {
        return spans.stream().map(Span::getName).toList();
    }

    @Test
    void aSignalIsTracedFromItsWebhookThroughNatsToEachCall() {
        var trace = open(TITLE, newTrace());
        rig.awaitSettled(List.of(TITLE), LIMIT);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(names(receiver.trace(trace)))
                .contains(
                        "webhook datadog",
                        "signal datadog",
                        "converge",
                        "open of pagerduty incident",
                        "open of servicenow incident",
                        "link of pagerduty incident",
                        "POST pagerduty",
                        "POST servicenow",
                        "POST datadog"));
        var spans = receiver.trace(trace);
        var webhook = span(spans, "webhook datadog");
        var signal = span(spans, "signal datadog");
        var page = span(spans, "open of pagerduty incident");
        assertThat(hex(webhook.getParentSpanId())).isEqualTo(PARENT);
        assertThat(signal.getParentSpanId()).as("through NATS").isEqualTo(webhook.getSpanId());
        assertThat(span(spans, "converge").getParentSpanId()).isEqualTo(signal.getSpanId());
        assertThat(spans)
                .filteredOn(span -> span.getName().equals("POST pagerduty"))
                .extracting(Span::getParentSpanId)
                .contains(page.getSpanId());
        assertThat(signal.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
        assertThat(page.getAttributesList().toString()).contains("fusion.correlation.id", "fx-");
        assertThat(spans.toString()).doesNotContain("customer Example").doesNotContain(Webhooks.secret("datadog"));
    }

    @Test
    void platformsAreToldOfTheTraceInTheStandardHeader() {
        var trace = open("told", newTrace());
        rig.awaitSettled(List.of("told"), LIMIT);

        await().atMost(LIMIT).until(() -> names(receiver.trace(trace)).contains("link of pagerduty incident"));
        for (var platform : PLATFORMS) {
            var told = recorder.take(platform).stream()
                    .flatMap(call -> call.headers().getOrDefault("traceparent", List.of()).stream())
                    .filter(header -> header.startsWith("00-" + trace + "-"))
                    .map(header -> header.split("-")[2])
                    .toList();
            assertThat(told).as(platform).isNotEmpty();
            await().atMost(LIMIT).untilAsserted(() -> assertThat(receiver.trace(trace))
                    .filteredOn(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                    .extracting(span -> hex(span.getSpanId()))
                    .containsAll(told));
        }
    }

    @Test
    void linesOfTheLogAreJsonAndNameIncidentPlatformRouteAndTrace() {
        rig.platforms()
                .fault("servicenow", "update-incident")
                .status(400)
                .times(1)
                .inject();
        var trace = open("logged", newTrace());

        await().atMost(LIMIT).untilAsserted(() -> assertThat(lines()).anySatisfy(line -> {
            assertThat(line.path("level").asText()).isEqualTo("ERROR");
            assertThat(line.path("message").asText()).contains("was refused");
            assertThat(line.at("/mdc/platform").asText()).isEqualTo("servicenow");
            assertThat(line.at("/mdc/correlationId").asText()).startsWith("fx-");
            assertThat(line.at("/mdc/routeId").asText()).isEqualTo("servicenow-link");
            assertThat(line.at("/mdc/traceId").asText()).isEqualTo(trace);
        }));
        assertThat(hub.log()).doesNotContain("alert_cycle_key").doesNotContain(Webhooks.secret("datadog"));
        assertThat(lines()).allSatisfy(line -> assertThat(line.has("timestamp") && line.has("loggerName"))
                .isTrue());
    }

    private static List<JsonNode> lines() {
        var json = new ObjectMapper();
        return hub.log()
                .lines()
                .filter(line -> !line.isBlank())
                .flatMap(line -> {
                    try {
                        return Stream.of(json.readTree(line));
                    } catch (JsonProcessingException e) {
                        throw new AssertionError("no JSON: " + line, e);
                    }
                })
                .toList();
    }
}
