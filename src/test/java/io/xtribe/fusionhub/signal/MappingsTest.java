package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** The mapping files of the three webhooks, on every recorded body and on bodies that nobody expects. */
class MappingsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String INSTANCE = "https://dev00000.service-now.com";
    private static final Instant RECEIVED = Instant.parse("2026-01-31T13:00:00Z");
    private static final String OURS = "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa";
    private static final PlatformKey OUR_KEY = new PlatformKey(OURS, 1);

    private static final Map<String, Signal> EXPECTED = new HashMap<>();

    static {
        var checkout = "[%s on {env:prod,service:checkout}] Checkout latency above 2 s";
        monitor("triggered-p1", "8482526754508042822", "triggered", checkout, "Triggered", "P1", "12:00:00");
        monitor("renotify", "8482526754508042822", "updated", checkout, "Renotify", "P1", "12:10:00");
        monitor("recovered", "8482526754508042822", "resolved", checkout, "Recovered", "P1", "12:20:00");
        monitor(
                "triggered-p2",
                "8482526754521474867",
                "triggered",
                "[%s on {env:prod,service:payments}] Payment queue is growing",
                "Triggered",
                "P2",
                "12:00:00");
        monitor(
                "triggered-p3",
                "8482526754518400828",
                "triggered",
                "[%s on {env:prod,service:reports}] Disk above 80 %%",
                "Triggered",
                "P3",
                "12:00:00");
        monitor(
                "no-priority",
                "8482526754511894525",
                "triggered",
                "[%s on {env:prod,service:reports}] Deployment took long",
                "Triggered",
                "",
                "12:00:00");
        monitor(
                "no-data",
                "8482526754511353050",
                "triggered",
                "[%s on {env:prod,service:checkout}] Checkout sends no heartbeat",
                "No Data",
                "P1",
                "12:00:00");
        monitor(
                "warn",
                "8482526754516215009",
                "triggered",
                "[%s on {env:prod,service:checkout}] Checkout latency above 1 s",
                "Warn",
                "P1",
                "12:00:00");
        noise("datadog/monitor-test", "test notification");

        declared(
                "declared-sev1",
                "0b7d2d0e-6a0f-5c1b-9d1a-2f6f6d3a9c11",
                "417",
                "Checkout answers 500",
                "Customers cannot pay since 11:55 UTC.",
                "P1",
                null,
                "12:00:00");
        declared(
                "updated",
                "0b7d2d0e-6a0f-5c1b-9d1a-2f6f6d3a9c11",
                "417",
                "Checkout answers 500",
                "Customers can pay again; the cause is being looked for.",
                "P2",
                null,
                "12:15:00");
        declared(
                "ours",
                "7c1e4d52-93b8-5f0a-8a64-51d0c2be7f90",
                "418",
                "[P1] Checkout latency above 2 s",
                "Opened by Fusion Hub as " + OURS + ".",
                "P1",
                OUR_KEY,
                "12:00:30");

        var login = new Ticket(
                "6e5f4f5fc8e539202df53a3ec8c1d264",
                "INC0010001",
                "Nobody can log in to the shop",
                "Since noon every login ends with an error page.");
        var prices = new Ticket(
                "65bfb297157592bbb1010c491964139f",
                "INC0010003",
                "The price list is outdated",
                "The page still shows the prices of last month.");
        var invoices = new Ticket(
                "a2a5cf2e3f67d5827bc0ec4d61c8911e",
                "INC0010002",
                "Invoices are sent twice",
                "Some customers got two invoices today.");
        ticket("created-p1", login, SignalKind.TRIGGERED, "incident.created", "", "P1", "open", "12:00:00", 0);
        ticket("created-p2", invoices, SignalKind.TRIGGERED, "incident.created", "", "P2", "open", "12:00:00", 0);
        ticket("created-p3", prices, SignalKind.TRIGGERED, "incident.created", "", "P3", "open", "12:00:00", 0);
        ticket("raised-to-p2", prices, SignalKind.UPDATED, "incident.updated", "P3", "P2", "open", "12:07:00", 1);
        ticket(
                "updated-state",
                login,
                SignalKind.UPDATED,
                "incident.updated",
                "P1",
                "P1",
                "acknowledged",
                "12:03:00",
                1);
        ticket("commented", login, SignalKind.COMMENTED, "incident.updated", "P1", "P1", "acknowledged", "12:05:00", 2);
        ticket("resolved", login, SignalKind.RESOLVED, null, "", "P1", "resolved", "12:30:00", 3);
        EXPECTED.put(
                "servicenow/created-ours",
                new Signal(
                        "delivery",
                        "servicenow",
                        SignalKind.TRIGGERED,
                        "",
                        null,
                        new Signal.PlatformRecord(
                                "incident",
                                "16306cdb0645c3729bb69e021772c1df",
                                "INC0010004",
                                INSTANCE + "/incident.do?sys_id=16306cdb0645c3729bb69e021772c1df",
                                false),
                        "dev00000",
                        "16306cdb0645c3729bb69e021772c1df",
                        OUR_KEY,
                        "[P1] Checkout latency above 2 s",
                        "Opened by Fusion Hub as " + OURS + ".",
                        "P1",
                        "open",
                        at("12:00:30"),
                        0,
                        RoutingHints.NONE));
        noise("servicenow/deleted", "unknown event type incident.deleted");

        var warehouse = "The warehouse gets no orders";
        page("triggered-p1-manual", "37", SignalKind.TRIGGERED, "pagerduty.manual", warehouse, "P1", "open", "00:00");
        page("acknowledged", "37", SignalKind.ACKNOWLEDGED, null, warehouse, "P1", "acknowledged", "02:00");
        page("priority-updated", "37", SignalKind.UPDATED, null, warehouse, "P2", "acknowledged", "04:00");
        page("resolved", "37", SignalKind.RESOLVED, null, warehouse, "P2", "resolved", "30:00");
        page("reopened", "37", SignalKind.REOPENED, null, warehouse, "P2", "open", "40:00");
        page(
                "triggered-by-service",
                "38",
                SignalKind.TRIGGERED,
                "pagerduty.service",
                "High error rate on checkout",
                "P1",
                "open",
                "00:00");
        page(
                "triggered-ours",
                "39",
                SignalKind.TRIGGERED,
                "pagerduty.manual",
                "[P1] Checkout latency above 2 s",
                "P1",
                "open",
                "00:30");
        EXPECTED.put(
                "pagerduty/annotated",
                new Signal(
                        "delivery",
                        "pagerduty",
                        SignalKind.COMMENTED,
                        "",
                        null,
                        new Signal.PlatformRecord(
                                "incident",
                                "Q0EXAMPLE00037",
                                "",
                                "https://acme.pagerduty.com/incidents/Q0EXAMPLE00037",
                                false),
                        "",
                        "",
                        null,
                        "",
                        "",
                        "",
                        "",
                        at("12:05:00.414"),
                        -1,
                        RoutingHints.NONE));
        noise("pagerduty/custom-fields-updated", "event type incident.custom_field_values.updated");
        noise("pagerduty/ping", "event type pagey.ping");
        noise("pagerduty/unknown-event-type", "event type service.updated");
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void makesTheWholeSignalOfARecordedBody(String path) {
        // Given
        var expected = EXPECTED.get(path);

        // When
        var signal = signalOf(source(path), body(path));

        // Then
        assertThat(signal).isEqualTo(expected);
    }

    static Stream<String> recorded() throws IOException {
        var root = Path.of("src/test/resources/webhooks");
        try (var files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .map(file -> root.relativize(file).toString().replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, '{}', unknown schema ",
        "datadog, '{\"schema\": \"datadog-monitor-2\"}', unknown schema datadog-monitor-2",
        "datadog, '{\"schema\": \"datadog-monitor-1\"}', neither a cycle key nor an aggregation key",
        "datadog, '{\"schema\": \"datadog-monitor-1\", \"alert_cycle_key\": \"1\"}', no alert transition",
        "datadog, '{\"schema\": \"datadog-incident-1\"}', an incident notification without an incident",
        "servicenow, '{}', unknown schema ",
        "servicenow, '{\"schema\": \"servicenow-incident-1\"}', unknown event type ",
        "servicenow, '{\"schema\": \"servicenow-incident-1\", \"event_type\": \"incident.merged\"}',"
                + " unknown event type incident.merged",
        "servicenow, '{\"schema\": \"servicenow-incident-1\", \"event_type\": \"incident.updated\"}',"
                + " an event without sys_id",
        "pagerduty, '{}', no event type",
        "pagerduty, '{\"event\": {\"event_type\": \"incident.exploded\"}}', event type incident.exploded",
    })
    void callsWhatItDoesNotKnowNoiseAndSaysWhy(String source, String body, String reason) throws Exception {
        // When
        var signal = signalOf(source, JSON.readTree(body));

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.NOISE);
        assertThat(signal.noiseReason().strip()).isEqualTo(reason);
        assertThat(signal.birth()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "Triggered, triggered, active, true",
        "No Data, triggered, active, true",
        "Warn, triggered, active, true",
        "Re-Triggered, updated, active, false",
        "Re-No Data, updated, active, false",
        "Re-Warn, updated, active, false",
        "Renotify, updated, active, false",
        "Recovered, resolved, resolved, false",
    })
    void tellsEveryMonitorTransitionApart(String transition, String kind, String status, boolean birth) {
        // Given
        var body = (ObjectNode) body("datadog/monitor-triggered-p1");
        body.put("alert_transition", transition);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.parse(kind));
        assertThat(signal.status()).isEqualTo(status);
        assertThat(signal.mayOpen()).isEqualTo(birth);
    }

    @Test
    void knowsAMonitorsGroupWithoutACycleByAggregationAndScope() {
        // Given
        var body = (ObjectNode) body("datadog/monitor-triggered-p1");
        body.put("alert_cycle_key", "");

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.key()).isEqualTo("5aed90699134b64386293ff1351e86d3@env:prod,service:checkout");
    }

    @ParameterizedTest
    @CsvSource({"SEV-0, P1", "SEV-1, P1", "SEV-2, P2", "SEV-3, P3", "SEV-4, P4", "SEV-5, P5", "UNKNOWN, ''", "'', ''"})
    void readsASeverityAsPriority(String severity, String priority) {
        // Given
        var body = (ObjectNode) body("datadog/incident-declared-sev1");
        ((ObjectNode) body.path("incident")).put("severity", severity);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource({"resolved", "completed", "Resolved"})
    void readsAnIncidentThatIsOverAsResolvedAndNoBirth(String state) {
        // Given
        var body = (ObjectNode) body("datadog/incident-declared-sev1");
        ((ObjectNode) body.path("incident")).put("status", state);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.RESOLVED);
        assertThat(signal.status()).isEqualTo("resolved");
        assertThat(signal.mayOpen()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "1, open",
        "2, acknowledged",
        "3, acknowledged",
        "4, acknowledged",
        "5, acknowledged",
        "6, resolved",
        "7, resolved",
        "8, resolved",
        "42, ''"
    })
    void readsServiceNowsStates(String state, String status) {
        // Given
        var body = (ObjectNode) body("servicenow/updated-state");
        ((ObjectNode) body.path("incident")).put("state", state);

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.status()).isEqualTo(status);
    }

    @Test
    void knowsAReopenedTicket() {
        // Given
        var body = (ObjectNode) body("servicenow/updated-state");
        ((ObjectNode) body.path("incident")).put("state", "2").put("previous_state", "6");

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.REOPENED);
        assertThat(signal.status()).isEqualTo("acknowledged");
    }

    /** "Not ours" is what lacks our mark, not what has no correlation id: other integrations fill that too. */
    @Test
    void takesATicketWithSomebodyElsesKeyForABirthThatLeavesOurPlaceTaken() {
        // Given
        var body = (ObjectNode) body("servicenow/created-p1");
        ((ObjectNode) body.path("incident"))
                .put("correlation_id", "SOLARWINDS-17")
                .put("correlation_display", "solarwinds");

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.mayOpen()).isTrue();
        assertThat(signal.record().keyTaken()).isTrue();
        assertThat(signal.ourKey()).isEmpty();
    }

    @Test
    void findsOurKeyInTheColumnForItWhereSomebodyElsesKeyStands() {
        // Given
        var body = (ObjectNode) body("servicenow/updated-state");
        ((ObjectNode) body.path("incident")).put("correlation_id", "X-1").put("u_fusion_id", OURS + ".2");

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.ourKey()).contains(new PlatformKey(OURS, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"type\": \"service_reference\"}", "{\"type\": \"integration_reference\"}", "{}"})
    void takesAPageThatNoUserRaisedForOneOfAService(String agent) throws Exception {
        // Given
        var body = (ObjectNode) body("pagerduty/triggered-p1-manual");
        ((ObjectNode) body.path("event")).set("agent", JSON.readTree(agent));

        // When
        var signal = signalOf("pagerduty", body);

        // Then
        assertThat(signal.birth().source()).isEqualTo("pagerduty.service");
    }

    @Test
    void opensNothingForAPageWithoutPriority() {
        // Given
        var body = (ObjectNode) body("pagerduty/triggered-p1-manual");
        ((ObjectNode) body.path("event").path("data")).putNull("priority");

        // When
        var signal = signalOf("pagerduty", body);

        // Then
        assertThat(signal.priority()).isEmpty();
    }

    @Test
    void takesAnUnacknowledgedPageForOpen() {
        // Given
        var body = (ObjectNode) body("pagerduty/triggered-p1-manual");
        ((ObjectNode) body.path("event")).put("event_type", "incident.unacknowledged");

        // When
        var signal = signalOf("pagerduty", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.UPDATED);
        assertThat(signal.status()).isEqualTo("open");
        assertThat(signal.mayOpen()).isFalse();
    }

    @Property(tries = 60)
    void keepsAnyTitleAsItIs(@ForAll("titles") String title) {
        assertThat(signalOf("datadog", with("datadog/monitor-triggered-p1", "/alert_title", title))
                        .title())
                .isEqualTo(title);
        assertThat(signalOf("datadog", with("datadog/incident-declared-sev1", "/incident/title", title))
                        .title())
                .isEqualTo(title);
        assertThat(signalOf("servicenow", with("servicenow/created-p1", "/incident/short_description", title))
                        .title())
                .isEqualTo(title);
        assertThat(signalOf("pagerduty", with("pagerduty/triggered-p1-manual", "/event/data/title", title))
                        .title())
                .isEqualTo(title);
    }

    @Property(tries = 400)
    void makesASignalOrSaysWhatIsInvalidWhateverIsMissing(
            @ForAll("paths") String path, @ForAll @IntRange(min = 1, max = 8) int deletions, @ForAll long seed) {
        // Given
        var random = new Random(seed);
        var body = body(path);
        for (int deletion = 0; deletion < deletions; deletion++) {
            var members = members(body);
            if (!members.isEmpty()) {
                var member = members.get(random.nextInt(members.size()));
                if (random.nextBoolean()) {
                    member.parent().remove(member.name());
                } else {
                    member.parent().putNull(member.name());
                }
            }
        }

        // Then
        isSignalOrInvalid(path, body);
    }

    @Property(tries = 400)
    void makesASignalOrSaysWhatIsInvalidWhateverHasAnotherType(
            @ForAll("paths") String path, @ForAll @IntRange(min = 1, max = 3) int changes, @ForAll long seed)
            throws JsonProcessingException {
        // Given
        var random = new Random(seed);
        var others = List.of("true", "17", "-3.5", "\"\"", "\"?\"", "[]", "[1, \"a\", null]", "{}", "{\"value\": []}");
        var body = body(path);
        for (int change = 0; change < changes; change++) {
            var members = members(body);
            var member = members.get(random.nextInt(members.size()));
            member.parent().set(member.name(), JSON.readTree(others.get(random.nextInt(others.size()))));
        }

        // Then
        isSignalOrInvalidOrRefusedByJq(path, body);
    }

    @Provide
    Arbitrary<String> paths() throws IOException {
        return Arbitraries.of(recorded().toList());
    }

    /** Emoji, scripts from right to left, control characters, quotes, and very long ones. */
    @Provide
    Arbitrary<String> titles() {
        var astral = Arbitraries.of(
                "🔥", "👩‍🚒", "שלום", "مرحبا", "日本", "\"", "\\", "\n", "\u0000", "<b>", "$x", "\\(1)", "e");
        return Arbitraries.oneOf(
                astral.list().ofMinSize(1).ofMaxSize(20).map(parts -> String.join("", parts)),
                astral.map(part -> part.repeat(5_000)));
    }

    private record Member(ObjectNode parent, String name) {}

    private static List<Member> members(JsonNode node) {
        var members = new ArrayList<Member>();
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> members.add(new Member(object, name)));
        }
        node.forEach(child -> members.addAll(members(child)));
        return members;
    }

    private static void isSignalOrInvalid(String path, JsonNode body) {
        try {
            assertThat(signalOf(source(path), body)).isNotNull();
        } catch (InvalidSignalException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        } catch (RuntimeException e) {
            throw new AssertionError("The mapping failed on " + body, e);
        }
    }

    /** A mapping may give up on a wrong type: the intake buries what jq refuses, with its words. */
    private static void isSignalOrInvalidOrRefusedByJq(String path, JsonNode body) {
        try {
            isSignalOrInvalid(path, body);
        } catch (AssertionError failure) {
            assertThat(failure).hasRootCauseInstanceOf(JsonQueryException.class);
        }
    }

    private static Signal signalOf(String source, JsonNode body) {
        var mapped = Mapping.apply(source + "-signal", body, Map.of("webUrl", INSTANCE));
        var envelope = new CloudEvent("delivery", source, source + ".event", RECEIVED, RoutingHints.NONE, body);
        return SignalReader.read(envelope, mapped);
    }

    private static JsonNode body(String path) {
        try {
            return JSON.readTree(Webhooks.body(path).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode with(String path, String pointer, String text) {
        var body = body(path);
        var at = pointer.lastIndexOf('/');
        ((ObjectNode) body.at(pointer.substring(0, at))).put(pointer.substring(at + 1), text);
        return body;
    }

    private static String source(String path) {
        return path.substring(0, path.indexOf('/'));
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-31T" + time + "Z");
    }

    private static void noise(String path, String reason) {
        EXPECTED.put(
                path,
                new Signal(
                        "delivery",
                        source(path),
                        SignalKind.NOISE,
                        reason,
                        null,
                        null,
                        "",
                        "",
                        null,
                        "",
                        "",
                        "",
                        "",
                        RECEIVED,
                        -1,
                        RoutingHints.NONE));
    }

    private static void monitor(
            String name, String cycle, String kind, String title, String transition, String priority, String time) {
        var body = body("datadog/monitor-" + name);
        EXPECTED.put(
                "datadog/monitor-" + name,
                new Signal(
                        "delivery",
                        "datadog",
                        SignalKind.parse(kind),
                        "",
                        "triggered".equals(kind)
                                ? new Signal.Birth(
                                        "datadog.monitor",
                                        transition,
                                        "",
                                        body.path("alert_id").asText())
                                : null,
                        null,
                        "1100012345",
                        cycle,
                        null,
                        title.formatted(transition),
                        body.path("body").asText(),
                        priority,
                        "resolved".equals(kind) ? "resolved" : "active",
                        at(time),
                        -1,
                        RoutingHints.NONE));
    }

    private static void declared(
            String name,
            String uuid,
            String number,
            String title,
            String summary,
            String priority,
            PlatformKey ours,
            String time) {
        EXPECTED.put(
                "datadog/incident-" + name,
                new Signal(
                        "delivery",
                        "datadog",
                        SignalKind.UPDATED,
                        "",
                        new Signal.Birth("datadog.incident", "Declared", "", uuid),
                        new Signal.PlatformRecord(
                                "incident", uuid, "#" + number, "https://app.datadoghq.com/incidents/" + number, true),
                        "",
                        uuid,
                        ours,
                        title,
                        summary,
                        priority,
                        "active",
                        at(time),
                        -1,
                        RoutingHints.NONE));
    }

    private record Ticket(String id, String number, String title, String description) {}

    private static void ticket(
            String name,
            Ticket ticket,
            SignalKind kind,
            String sign,
            String previousPriority,
            String priority,
            String status,
            String time,
            long version) {
        EXPECTED.put(
                "servicenow/" + name,
                new Signal(
                        "delivery",
                        "servicenow",
                        kind,
                        "",
                        sign == null ? null : new Signal.Birth("servicenow", sign, previousPriority, ticket.id()),
                        new Signal.PlatformRecord(
                                "incident",
                                ticket.id(),
                                ticket.number(),
                                INSTANCE + "/incident.do?sys_id=" + ticket.id(),
                                false),
                        "dev00000",
                        ticket.id(),
                        null,
                        ticket.title(),
                        ticket.description(),
                        priority,
                        status,
                        at(time),
                        version,
                        RoutingHints.NONE));
    }

    private static void page(
            String name,
            String number,
            SignalKind kind,
            String birth,
            String title,
            String priority,
            String status,
            String time) {
        var id = "Q0EXAMPLE000" + number;
        EXPECTED.put(
                "pagerduty/" + name,
                new Signal(
                        "delivery",
                        "pagerduty",
                        kind,
                        "",
                        birth == null ? null : new Signal.Birth(birth, "incident.triggered", "", id),
                        new Signal.PlatformRecord(
                                "incident", id, "#" + number, "https://acme.pagerduty.com/incidents/" + id, true),
                        "acme.pagerduty.com",
                        id,
                        "39".equals(number) ? OUR_KEY : null,
                        title,
                        "",
                        priority,
                        status,
                        at("12:" + time + ".414"),
                        -1,
                        RoutingHints.NONE));
    }
}
