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
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code servicenow-signal.jq} on the bodies of the Business Rule. */
class ServiceNowMappingTest extends MappingFixture {

    private static final List<Comment> COMMENTS = List.of(new Comment(
            "~" + Comments.shortHash("delivery") + "-0",
            at("12:05:00"),
            "sam.example",
            "The identity provider answers 503; they know.",
            false));

    private static final Map<String, Signal> EXPECTED = new HashMap<>();

    static {
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
        EXPECTED.computeIfPresent(
                "servicenow/resolved",
                (path, signal) -> signal.withComments(List.of(new Comment(
                        "state/2026-01-31T12:30:00Z",
                        at("12:30:00"),
                        "sam.example",
                        "Resolved (Solution provided): The identity provider is back.",
                        false))));
        EXPECTED.put(
                "servicenow/created-ours",
                Signals.of(
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
                                RoutingHints.NONE)
                        .withBy("svc.fusion"));
        EXPECTED.put("servicenow/deleted", noise("servicenow", "event type that is not needed"));
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void makesTheWholeSignalOfARecordedBody(String path) {
        // Given
        var expected = EXPECTED.get(path);

        // When
        var signal = signalOf("servicenow", body(path));

        // Then
        assertThat(signal).isEqualTo(expected);
    }

    static Stream<String> recorded() throws IOException {
        return recordedBodies().filter(path -> path.startsWith("servicenow/"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, open",
        "2, acknowledged",
        "3, acknowledged",
        "4, acknowledged",
        "5, acknowledged",
        "6, resolved",
        "7, closed",
        "8, closed",
        "42, ''"
    })
    void readsServiceNowsStates(String state, String status) {
        // Given
        var body = body("servicenow/updated-state");
        ((ObjectNode) body.path("incident")).put("state", state);

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.status()).isEqualTo(status);
    }

    @Test
    void knowsAReopenedTicket() {
        // Given
        var body = body("servicenow/updated-state");
        ((ObjectNode) body.path("incident")).put("state", "2").put("previous_state", "6");

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.kind()).isEqualTo(SignalKind.REOPENED);
        assertThat(signal.status()).isEqualTo("acknowledged");
    }

    /** "Not ours" is what lacks our mark, not what has no correlation id: other integrations fill that too. */
    @ParameterizedTest
    @CsvSource({"SOLARWINDS-17, solarwinds", "SOLARWINDS-17, ''", "'', solarwinds"})
    void takesATicketWithSomebodyElsesKeyForATriggerThatLeavesOurPlaceTaken(String key, String display) {
        // Given
        var body = body("servicenow/created-p1");
        ((ObjectNode) body.path("incident")).put("correlation_id", key).put("correlation_display", display);

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.firstSign()).isNotNull();
        assertThat(signal.record().keyTaken()).isTrue();
        assertThat(signal.ourKey()).isEmpty();
    }

    @Test
    void findsOurKeyInTheColumnForItWhereSomebodyElsesKeyStands() {
        // Given
        var body = body("servicenow/updated-state");
        ((ObjectNode) body.path("incident")).put("correlation_id", "X-1").put("u_fusion_id", OURS + ".2");

        // When
        var signal = signalOf("servicenow", body);

        // Then
        assertThat(signal.ourKey()).contains(new PlatformKey(OURS, 2));
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
                        sign == null ? null : new Signal.FirstSign("servicenow", sign, previousPriority, ticket.id()),
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
                        RoutingHints.NONE,
                        true,
                        "",
                        null,
                        "",
                        "",
                        SignalEnd.RESOLVE,
                        kind == SignalKind.COMMENTED ? COMMENTS : List.of(),
                        null,
                        body("servicenow/" + name).path("updated_by").asText()));
    }

    @Test
    void readsWhatIsRenderedAsHtmlAsText() {
        // Given
        var note = "see [code]<p>the <a href=\"https://x.example/?a=1&amp;b=2\" target=\"_blank\">runbook</a>"
                + "<br/>1 &lt; 2</p>[/code] and a <b> that stays";

        // When
        var comments = signalOf("servicenow", journal("work_notes", note)).comments();

        // Then
        assertThat(comments.get(0).text())
                .isEqualTo("see the runbook (https://x.example/?a=1&b=2)\n1 < 2\n and a <b> that stays");
    }

    @Test
    void tellsWhatTheCustomerSees() {
        assertThat(signalOf("servicenow", journal("comments", "We are on it.")).comments())
                .singleElement()
                .matches(Comment::isPublic);
        assertThat(signalOf("servicenow", journal("other_journal", "x")).comments())
                .isEmpty();
    }

    private static ObjectNode journal(String element, String text) {
        var body = body("servicenow/commented");
        ((ObjectNode) body.at("/journal/0")).put("element", element).put("value", text);
        return body;
    }
}
