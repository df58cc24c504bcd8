package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.platform.Descriptor.Transition;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code pagerduty-signal.jq} on the bodies of webhooks V3. */
class PagerDutyMappingTest extends MappingFixture {

    private static final Map<String, Signal> EXPECTED = new HashMap<>();

    static {
        var warehouse = "The warehouse gets no orders";
        page("triggered-p1-manual", "37", SignalKind.TRIGGERED, "pagerduty.manual", warehouse, "P1", "open", "00:00");
        page("acknowledged", "37", SignalKind.ACKNOWLEDGED, null, warehouse, "P1", "acknowledged", "02:00");
        page(
                "priority-updated",
                "37",
                SignalKind.UPDATED,
                "pagerduty.manual",
                warehouse,
                "P2",
                "acknowledged",
                "04:00");
        page("resolved", "37", SignalKind.RESOLVED, null, warehouse, "P2", "resolved", "30:00");
        page("reopened", "37", SignalKind.REOPENED, "pagerduty.manual", warehouse, "P2", "open", "40:00");
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
                        RoutingHints.NONE,
                        true,
                        "",
                        null,
                        "",
                        "",
                        SignalEnd.RESOLVE,
                        List.of(new Comment(
                                "PNOTE01",
                                at("12:05:00.414"),
                                "Sam Example",
                                "The message broker is full, we are adding space.",
                                false)),
                        null,
                        "Sam Example"));
        EXPECTED.put("pagerduty/custom-fields-updated", noise("pagerduty", "event type that is not needed"));
        EXPECTED.put("pagerduty/ping", noise("pagerduty", "event type that is not needed"));
        EXPECTED.put("pagerduty/unknown-event-type", noise("pagerduty", "event type that is not needed"));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void makesTheWholeSignalOfARecordedBody(String path) {
        // Given
        var agent = body(path).at("/event/agent/summary").asText();
        var noted = EXPECTED.get(path);
        var expected = noted.kind() == SignalKind.NOISE ? noted : noted.withBy(agent);

        // When
        var signal = signalOf("pagerduty", body(path));

        // Then
        assertThat(signal).isEqualTo(expected);
    }

    static Stream<String> recorded() throws IOException {
        return recordedBodies().filter(path -> path.startsWith("pagerduty/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"type\": \"service_reference\"}", "{\"type\": \"integration_reference\"}", "{}"})
    void takesAPageThatNoUserRaisedForOneOfAService(String agent) throws Exception {
        // Given
        var body = body("pagerduty/triggered-p1-manual");
        ((ObjectNode) body.path("event")).set("agent", JSON.readTree(agent));

        // When
        var signal = signalOf("pagerduty", body);

        // Then
        assertThat(signal.firstSign().source()).isEqualTo("pagerduty.service");
    }

    @Test
    void opensNothingForAPageWithoutPriority() {
        // Given
        var body = body("pagerduty/triggered-p1-manual");
        ((ObjectNode) body.path("event").path("data")).putNull("priority");

        // When
        var signal = signalOf("pagerduty", body);

        // Then
        assertThat(signal.priority()).isEmpty();
    }

    /** The table of docs/lifecycle.md: what a webhook of that type says, and where it says nothing of the status. */
    @ParameterizedTest
    @MethodSource("webhooks")
    void tellsWhatItsTableOfTransitionsSays(Transition transition) {
        // Given
        var body = body("pagerduty/triggered-p1-manual");
        var event = (ObjectNode) body.path("event");
        event.put("event_type", transition.name());
        if (!transition.shows().isEmpty()) {
            ((ObjectNode) event.path("data")).put("status", transition.shows());
        }

        // When
        var signal = signalOf("pagerduty", body);

        // Then
        if (transition.text().startsWith("Nothing")) {
            assertThat(signal.kind()).isEqualTo(SignalKind.NOISE);
        } else if (!transition.shows().isEmpty()) {
            assertThat(signal.status())
                    .isEqualTo(BuiltIn.words("pagerduty")
                            .status("incident", transition.shows())
                            .orElseThrow());
            assertThat(signal.kind()).isNotEqualTo(SignalKind.NOISE);
        } else {
            assertThat(signal.kind()).isIn(SignalKind.UPDATED, SignalKind.COMMENTED);
        }
    }

    static Stream<Transition> webhooks() {
        return BuiltIn.descriptor("pagerduty").transitions().stream()
                .filter(transition -> transition.name().startsWith("incident."));
    }

    private static String sign(String name) {
        return switch (name) {
            case "priority-updated" -> "incident.priority_updated";
            case "reopened" -> "incident.reopened";
            default -> "incident.triggered";
        };
    }

    private static void page(
            String name,
            String number,
            SignalKind kind,
            String firstSign,
            String title,
            String priority,
            String status,
            String time) {
        var id = "Q0EXAMPLE000" + number;
        EXPECTED.put(
                "pagerduty/" + name,
                Signals.of(
                        "delivery",
                        "pagerduty",
                        kind,
                        "",
                        firstSign == null ? null : new Signal.FirstSign(firstSign, sign(name), "", id),
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

    @Test
    void saysThatAnotherHasCutTheNote() {
        // Given
        var body = body("pagerduty/annotated");
        ((ObjectNode) body.at("/event/data")).put("trimmed", true);

        // When
        var comments = signalOf("pagerduty", body).comments();

        // Then
        assertThat(comments.get(0).text()).endsWith("\n[cut by PagerDuty, all of it is in the note there]");
    }

    @Test
    void readsTheMarkOfAResolutionThatTheHubWrote() {
        // Given
        var body = body("pagerduty/annotated");
        ((ObjectNode) body.at("/event/data")).put("content", "Resolution Note: [fusion:" + OURS + "] Duplicate of x");

        // When
        var comments = signalOf("pagerduty", body).comments();

        // Then
        assertThat(comments.get(0).text()).startsWith("[fusion:");
    }
}
