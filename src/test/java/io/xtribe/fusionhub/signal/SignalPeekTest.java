package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.FirstSignRule;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.signal.SignalPeek.Unopened;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SignalPeekTest {

    private static final FirstSignRule FIRST_SIGN = new FirstSignRule(
            Set.of(Priority.P1, Priority.P2),
            Set.of("datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual"),
            BuiltIn.openingWords(),
            Duration.ofMinutes(15),
            Duration.ofHours(24));

    private static final Path FOLDERS = Path.of("src/main/resources/routes/platforms");

    private final SignalPeek peek;

    SignalPeekTest() throws IOException {
        var rules = new HashMap<String, PeekRules>();
        for (var source : List.of("datadog", "servicenow", "pagerduty")) {
            rules.put(
                    source,
                    PeekRules.read(Files.readString(FOLDERS.resolve(source).resolve("peek.json"))));
        }
        peek = new SignalPeek(rules, BuiltIn::words, Set.of("P1", "P2")::contains);
    }

    private static ObjectNode alert(String transition, String priority) {
        var alert = JsonNodeFactory.instance
                .objectNode()
                .put("schema", "datadog-monitor-1")
                .put("alert_cycle_key", "cycle-1")
                .put("alert_transition", transition)
                .put("alert_priority", priority)
                .put("alert_title", "disk 80 % full")
                .put("date", Long.toString(Instant.now().toEpochMilli()));
        alert.putObject("org").put("id", "org-1").put("name", "Acme");
        return alert;
    }

    private static ObjectNode ticket(String event, String priority) {
        var ticket = JsonNodeFactory.instance
                .objectNode()
                .put("schema", "servicenow-incident-1")
                .put("event_type", event)
                .put("instance", "acme")
                .put("occurred_at", "2026-01-31 12:00:00");
        ticket.putObject("incident")
                .put("sys_id", "abc")
                .put("number", "INC1")
                .put("priority", priority)
                .put("state", "1")
                .put("correlation_id", "");
        return ticket;
    }

    private static ObjectNode page(String event, String priority) {
        var page = JsonNodeFactory.instance.objectNode();
        var inner = page.putObject("event").put("event_type", event).put("occurred_at", "2026-01-31T12:00:00Z");
        inner.putObject("agent").put("type", "user_reference");
        var data = inner.putObject("data")
                .put("id", "Q1")
                .put("number", 7)
                .put("html_url", "https://acme.pagerduty.com/incidents/Q1")
                .put("status", "triggered")
                .put("incident_key", "");
        if (priority == null) {
            data.putNull("priority");
        } else {
            data.putObject("priority").put("summary", priority);
        }
        return page;
    }

    private static byte[] event(String source, JsonNode data) {
        return new CloudEvent("e-1", source, source + ".x", Instant.now(), RoutingHints.NONE, data).toBytes();
    }

    @Test
    void knowsAlertsTicketsAndPagesThatOpenNothing() {
        assertThat(peek.unopened(event("datadog", alert("Triggered", "P4"))))
                .contains(new Unopened("datadog", "org-1", "cycle-1", "P4"));
        assertThat(peek.unopened(event("servicenow", ticket("incident.created", "3"))))
                .contains(new Unopened("servicenow", "acme", "abc", "P3"));
        assertThat(peek.unopened(event("pagerduty", page("incident.triggered", null))))
                .contains(new Unopened("pagerduty", "acme.pagerduty.com", "Q1", ""));
    }

    /** Each would be noise by one of the two and something else by the other. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"source\":\"/servicenow\"",
                "\"source\":7",
                "\"data\":{}",
                "\"data\":7",
                "\"id\":\"e-2\"",
                "\"time\":7"
            })
    void letsPassWhatNamesAnAttributeTwice(String second) {
        var event = new String(event("datadog", alert("Triggered", "P4")), StandardCharsets.UTF_8);

        assertThat(peek.unopened(event.replaceFirst("}$", "," + second + "}").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void letsPassWhatNamesAWantedMemberTwice() {
        var event = new String(event("datadog", alert("Triggered", "P4")), StandardCharsets.UTF_8);
        var ticket = new String(event("servicenow", ticket("incident.created", "4")), StandardCharsets.UTF_8);

        assertThat(peek.unopened(event.replace("\"alert_priority\":", "\"alert_priority\":\"P1\",\"alert_priority\":")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(peek.unopened(ticket.replace("\"incident\":{", "\"incident\":{\"priority\":\"1\"},\"incident\":{")
                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void letsPassWhatMayCarryOurKey() {
        var ticket = ticket("incident.created", "3");
        ((ObjectNode) ticket.path("incident")).put("correlation_id", "fx-0123");

        assertThat(peek.unopened(event("servicenow", ticket))).isEmpty();
    }

    @Test
    void doesNotTakeAMemberElsewhereForTheOneItWants() {
        var alert = alert("Recovered", "P4");
        alert.putObject("extra").put("alert_transition", "Triggered");
        alert.putArray("list").addObject().put("alert_transition", "Triggered");

        assertThat(peek.unopened(event("datadog", alert))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"specversion\":\"1.0\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"time\":\"x\",\"source\":\"datadog\",\"data\":7}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\",\"time\":\"x\",\"source\":\"jira\",\"data\":{}}"
            })
    void leavesWhatIsNoEnvelopeToThoseWhoCanSayWhy(String event) {
        assertThat(peek.unopened(event.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void leavesTornAndDoubledEventsToThoseWhoCanSayWhy() {
        var event = new String(event("datadog", alert("Triggered", "P4")), StandardCharsets.UTF_8);

        assertThat(peek.unopened(event.substring(0, event.length() - 1).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(peek.unopened((event + event).getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | it needs 'when', 'priority', 'scope' and 'key'",
                "{'when':{},'priority':'/p','scope':'/s','key':'/k'} | it needs 'when'",
                "{'when':{'/a':null},'priority':'/p','scope':'/s','key':'/k'} | it needs 'when'",
                "{'when':{'/a':['b']},'priority':'/p','scope':'/s'} | it needs 'when'",
                "{'when':{'a':['b']},'priority':'/p','scope':'/s','key':'/k'} | 'a' is no place",
                "{'when':{'/a':['b']},'priority':'/p','scope':'s','key':'/k'} | 's' is no place",
                "{'when':{'/a':['b']},'priority':'/p','scope':'/s','key':'/k','ourKey':['k']} | 'k' is no place",
                "{'when':{'/a':['b']},'priority':'/p','scope':'/s','key':'/k','scopePattern':'.*'} | needs a group",
                "{'when':{'/a':['b']},'priority':'/p','scope':'/s','key':'/k','scopePattern':'('} | Unclosed group",
                "{'when':{'/a':['b']},'priority':'/p','scope':'/s','key':'/k','ourkey':[]} | ourkey",
                "{'when':{'/a':['b']},'priority':'/p','scope':'/s','key':'/k'} {} | Trailing token",
                "{{ | Unexpected character"
            })
    void refusesRulesThatCannotBeUsed(String rules, String why) {
        assertThatThrownBy(() -> PeekRules.read(rules.replace('\'', '"')))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining(why);
    }

    /** It may say less than the mapping and the table of first signs, never anything else, the identity included. */
    @Property
    void agreesWithTheMapping(@ForAll("bodies") Map.Entry<String, ObjectNode> body) {
        var source = body.getKey();
        var unopened = peek.unopened(event(source, body.getValue()));
        if (unopened.isPresent()) {
            var mapped = Mapping.apply(source + "-signal", body.getValue(), Map.of("url", "https://acme.example"));
            var envelope = new CloudEvent("e", source, "t", Instant.now(), RoutingHints.NONE, body.getValue());
            var unknown = new ArrayList<UnknownWord>();
            var signal = SignalReader.read(envelope, mapped, BuiltIn.words(source), unknown::add);
            if (signal.kind() != SignalKind.NOISE) {
                assertThat(FIRST_SIGN.decide(signal, unknown, Instant.now()))
                        .isEqualTo(
                                new FirstSignRule.Decision(Verdict.NOISE, FirstSignRule.unopened(signal.priority())));
                assertThat(unopened).contains(new Unopened(source, signal.scope(), signal.key(), signal.priority()));
                assertThat(signal.ourKey()).isEmpty();
            }
        }
    }

    /** The mapping reads some of these, and others it refuses: what is not of the expected form is not for a peek. */
    @Property
    void leavesWhatHasAnotherFormToTheMapping(
            @ForAll("bodies") Map.Entry<String, ObjectNode> body, @ForAll("places") String place)
            throws JsonProcessingException {
        for (var other : List.of("[]", "{\"value\":\"1\"}", "\"P1\"", "7", "true")) {
            var parent = body.getValue().at(place.substring(0, place.lastIndexOf('/')));
            if (!(parent instanceof ObjectNode object) || !object.has(place.substring(place.lastIndexOf('/') + 1))) {
                continue;
            }
            var changed = Map.entry(body.getKey(), body.getValue().deepCopy());
            ((ObjectNode) changed.getValue().at(place.substring(0, place.lastIndexOf('/'))))
                    .set(place.substring(place.lastIndexOf('/') + 1), new ObjectMapper().readTree(other));
            if (peek.unopened(event(changed.getKey(), changed.getValue())).isPresent()) {
                agreesWithTheMapping(changed);
            }
        }
    }

    @Provide
    Arbitrary<String> places() {
        return Arbitraries.of(
                "/alert_priority",
                "/alert_transition",
                "/org",
                "/incident",
                "/incident/priority",
                "/event",
                "/event/data",
                "/event/data/priority",
                "/event/data/priority/summary");
    }

    @Provide
    Arbitrary<Map.Entry<String, ObjectNode>> bodies() {
        var priorities = Arbitraries.of(
                "P1", "P2", "P3", "P5", "1", "2", "3", "5", "", "p1", "high", "1 - Critical", "SEV-1", " ");
        var words = Arbitraries.of(
                "Triggered",
                "No Data",
                "Warn",
                "Recovered",
                "Re-Triggered",
                "Renotify",
                "Escalated",
                "incident.created",
                "incident.updated",
                "incident.triggered",
                "incident.resolved",
                "");
        return Arbitraries.oneOf(
                Combinators.combine(words, priorities)
                        .as((word, priority) -> Map.entry("datadog", alert(word, priority))),
                Combinators.combine(words, priorities)
                        .as((word, priority) -> Map.entry("servicenow", ticket(word, priority))),
                Combinators.combine(words, priorities)
                        .as((word, priority) -> Map.entry("pagerduty", page(word, priority))));
    }
}
