package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code datadog-signal.jq} on the bodies of monitors and of incidents. */
class DatadogMappingTest extends MappingFixture {

    private static final Map<String, Signal> EXPECTED = new HashMap<>();

    static {
        var checkout = "Checkout latency above 2 s";
        monitor("triggered-p1", "8482526754508042822", "triggered", checkout, "Triggered", "P1", "12:00:00");
        monitor("renotify", "8482526754508042822", "updated", checkout, "Renotify", "P1", "12:10:00");
        monitor("recovered", "8482526754508042822", "resolved", checkout, "Recovered", "P1", "12:20:00");
        monitor(
                "triggered-p2",
                "8482526754521474867",
                "triggered",
                "Payment queue is growing",
                "Triggered",
                "P2",
                "12:00:00");
        monitor("triggered-p3", "8482526754518400828", "triggered", "Disk above 80 %", "Triggered", "P3", "12:00:00");
        monitor("no-priority", "8482526754511894525", "triggered", "Deployment took long", "Triggered", "", "12:00:00");
        monitor(
                "no-data",
                "8482526754511353050",
                "updated",
                "Checkout sends no heartbeat",
                "No Data",
                "P1",
                "12:00:00");
        monitor("warn", "8482526754516215009", "updated", "Checkout latency above 1 s", "Warn", "P1", "12:00:00");
        EXPECTED.put("datadog/monitor-test", noise("datadog", "test notification"));

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
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void makesTheWholeSignalOfARecordedBody(String path) {
        // Given
        var expected = EXPECTED.get(path);

        // When
        var signal = signalOf("datadog", body(path));

        // Then
        assertThat(signal).isEqualTo(expected);
    }

    static Stream<String> recorded() throws IOException {
        return recordedBodies().filter(path -> path.startsWith("datadog/"));
    }

    @ParameterizedTest
    @CsvSource({
        "Triggered, triggered, active, true",
        "No Data, updated, active, true",
        "Warn, updated, active, true",
        "Re-Triggered, updated, active, true",
        "Re-No Data, updated, active, true",
        "Re-Warn, updated, active, true",
        "Renotify, updated, active, true",
        "re-no data, updated, active, true",
        "Escalated, updated, '', true",
        "Recovered, resolved, resolved, false",
        "recovered, resolved, resolved, false",
        "Recovery, resolved, resolved, false",
        "Recovered from No Data, resolved, resolved, false",
        "No Data Recovered, resolved, resolved, false",
        "Alert recovery, resolved, resolved, false",
        "Warn Recovered, resolved, resolved, false",
    })
    void tellsEveryMonitorTransitionApart(String transition, String kind, String status, boolean firstSign) {
        // Given
        var body = body("datadog/monitor-triggered-p1");
        body.put("alert_transition", transition);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.parse(kind));
        assertThat(signal.status()).isEqualTo(status);
        assertThat(signal.firstSign() != null).isEqualTo(firstSign);
    }

    @Test
    void knowsAMonitorsGroupWithoutACycleByAggregationAndScope() {
        // Given
        var body = body("datadog/monitor-triggered-p1");
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
        var body = body("datadog/incident-declared-sev1");
        ((ObjectNode) body.path("incident")).put("severity", severity);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.priority()).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource({"resolved", "completed", "Resolved"})
    void readsAnIncidentThatIsOverAsResolvedAndNoTrigger(String state) {
        // Given
        var body = body("datadog/incident-declared-sev1");
        ((ObjectNode) body.path("incident")).put("status", state);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.RESOLVED);
        assertThat(signal.status()).isEqualTo("resolved");
        assertThat(signal.firstSign()).isNull();
    }

    /** Datadog puts priority and transition before the monitor's name; a bracket of its own stays. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            CPU is high;CPU is high
            [Triggered] CPU is high;CPU is high
            [Triggered on {host:a}] CPU is high;CPU is high
            [P1] [Triggered on {host:a}] CPU is high;CPU is high
            [P2] CPU is high;CPU is high
            [Re-Triggered on {host:a,env:prod}] CPU is high;CPU is high
            [No Data on {host:a}] CPU is high;CPU is high
            [No data] CPU is high;CPU is high
            [Re-No Data on {host:a}] CPU is high;CPU is high
            [Warn on {host:a}] CPU is high;CPU is high
            [Re-Warn] CPU is high;CPU is high
            [Renotify on {host:a}] CPU is high;CPU is high
            [Recovered on {host:a}] CPU is high;CPU is high
            [P1][Triggered on {tag:{odd}}]CPU is high;CPU is high
            [P1] [Triggered on {host:a}] [checkout] CPU is high;[checkout] CPU is high
            [Triggered on {host:a}] {{host.name}} is [P1];{{host.name}} is [P1]
            [Triggered by hand] CPU is high;[Triggered by hand] CPU is high
            [P1] [Triggered on {host:a}];[P1] [Triggered on {host:a}]
            """)
    void takesTheMonitorsNameOutOfTheTitle(String told, String title) {
        // Given
        var body = (ObjectNode) body("datadog/monitor-triggered-p1");
        body.put("alert_title", told).put("event_title", told);

        // When
        var signal = signalOf("datadog", body);

        // Then
        assertThat(signal.title()).isEqualTo(title);
    }

    /** The groups of a monitor are members of one series where the configuration says so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "cycle | host:a, env:prod | 98219311@env:prod,host:a | -",
                "monitor | host:a, env:prod | 98219311 | env:prod,host:a",
                "monitor | * | 98219311 | -",
            })
    void groupsByCycleOrByMonitor(String setting, String scope, String series, String member) {
        // Given
        var body = (ObjectNode) body("datadog/monitor-triggered-p1");
        body.put("alert_scope", scope);

        // When
        var mapped = Mapping.apply("datadog-signal", body, Map.of("group-by", setting));

        // Then
        assertThat(mapped.path("series").asText()).isEqualTo(series);
        assertThat(mapped.path("member").asText()).isEqualTo(member == null ? "" : member);
        assertThat(mapped.path("key").asText())
                .isEqualTo(body.path("alert_cycle_key").asText());
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
                        !"resolved".equals(kind)
                                ? new Signal.FirstSign(
                                        "datadog.monitor",
                                        transition,
                                        "",
                                        body.path("alert_id").asText())
                                : null,
                        null,
                        "1100012345",
                        cycle,
                        null,
                        title,
                        body.path("body").asText(),
                        priority,
                        "resolved".equals(kind) ? "resolved" : "active",
                        at(time),
                        -1,
                        RoutingHints.NONE,
                        true,
                        "",
                        null,
                        body.path("alert_id").asText() + "@"
                                + body.path("alert_scope").asText(),
                        "",
                        SignalEnd.RESOLVE,
                        List.of(),
                        null,
                        ""));
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
                Signals.of(
                        "delivery",
                        "datadog",
                        SignalKind.UPDATED,
                        "",
                        new Signal.FirstSign("datadog.incident", "Declared", "", uuid),
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
}
