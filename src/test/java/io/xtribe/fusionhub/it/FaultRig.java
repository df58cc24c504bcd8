package io.xtribe.fusionhub.it;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.awaitility.core.ConditionTimeoutException;

import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One packaged hub with short settings between a real NATS server and the sandbox, and the questions that fault tests
 * ask. Triggers come in by webhook from the test itself, so that the sandbox sends none unless {@link #webhooksOn()}.
 */
final class FaultRig implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> PLATFORMS = List.of("datadog", "servicenow", "pagerduty");

    /** A kind of record that every incident has once: platform, part in our record, kind in the sandbox's list. */
    record Place(String platform, String part) {
        boolean holds(JsonNode record) {
            return record.path("kind").asText().equals(part);
        }
    }

    static final Place DATADOG = new Place("datadog", "incident");
    static final Place CASE = new Place("datadog", "case");
    static final Place TICKET = new Place("servicenow", "incident");
    static final Place PAGE = new Place("pagerduty", "incident");
    static final List<Place> PLACES = List.of(DATADOG, CASE, TICKET, PAGE);

    final NatsServer nats;
    final SandboxClient sandbox;
    final HubProcess hub;
    private final Sandbox server;

    private FaultRig(NatsServer nats, Sandbox server, SandboxClient sandbox, HubProcess hub) {
        this.nats = nats;
        this.server = server;
        this.sandbox = sandbox;
        this.hub = hub;
    }

    static FaultRig start(String test) {
        return start(test, settings -> settings);
    }

    /** Starts all three and waits until the hub is ready. */
    static FaultRig start(String test, UnaryOperator<HubProcess.Builder> more) {
        NatsServer nats = NatsServer.start();
        Sandbox server = null;
        try {
            server = Sandbox.start(SandboxOptions.defaults());
            SandboxClient sandbox = new SandboxClient(server.url());
            HubProcess hub =
                    more.apply(settings(test, sandbox).nats(nats.url())).start();
            FaultRig rig = new FaultRig(nats, server, sandbox, hub);
            hub.awaitReady();
            rig.webhooksOff();
            return rig;
        } catch (RuntimeException | Error e) {
            if (server != null) {
                server.close();
            }
            nats.close();
            throw e;
        }
    }

    /** Seconds where production has minutes. */
    static HubProcess.Builder settings(String test, SandboxClient sandbox) {
        HubProcess.Builder settings = HubProcess.builder(test).sandbox(sandbox);
        for (String platform : List.of("DATADOG", "SERVICENOW", "PAGERDUTY")) {
            settings.env("FUSION_" + platform + "_TIMEOUT", "1500ms");
            settings.env("FUSION_" + platform + "_SETTLE", "2s");
        }
        return settings.env("FUSION_CONVERGE_LEASE", "4s")
                .env("FUSION_CONVERGE_BACK_OFF_FIRST", "100ms")
                .env("FUSION_CONVERGE_BACK_OFF_LONGEST", "1s")
                .env("FUSION_CONVERGE_RELIST", "1s")
                .env("FUSION_CONVERGE_RECHECK", "5s")
                .env("FUSION_PROBE", "1s")
                .env("FUSION_PAGE_DEADLINE", "3s");
    }

    /** One incident through everything, so that the first one measured does not pay for class loading. */
    FaultRig warmUp() {
        awaitLinked(trigger("warm-up " + UUID.randomUUID()), Duration.ofSeconds(30));
        return this;
    }

    void webhooksOn() {
        sandbox.settings(Map.of("webhooks", Map.of("url", hub.url() + "/webhooks")));
    }

    void webhooksOff() {
        sandbox.settings(Map.of("webhooks", Map.of("url", "")));
    }

    /** A monitor triggers; returns the title, by which everything that comes of it is found. */
    String trigger(String title) {
        assertThat(hub.webhook("datadog", monitor(title, "P1").toString())).isEqualTo(202);
        return title;
    }

    /** The body that Datadog's monitor webhook would send now. */
    static ObjectNode monitor(String title, String priority) {
        ObjectNode body = (ObjectNode) parse(Webhooks.fresh("datadog/monitor-triggered-p1"));
        String unique = Long.toString(UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE);
        body.put("id", unique).put("alert_cycle_key", unique).put("aggreg_key", unique);
        // A group of its own: another cycle of one group belongs to the incident of before.
        body.put("alert_scope", "host:" + unique);
        return body.put("alert_title", title).put("alert_priority", priority);
    }

    /** What the same monitor sends when the alert is over. */
    static ObjectNode recovered(ObjectNode triggered) {
        ObjectNode body = (ObjectNode) parse(Webhooks.fresh("datadog/monitor-recovered"));
        for (String member : List.of("alert_cycle_key", "aggreg_key", "alert_scope", "alert_title", "alert_priority")) {
            body.set(member, triggered.get(member));
        }
        return body.put("id", Long.toString(UUID.randomUUID().getMostSignificantBits() & Long.MAX_VALUE));
    }

    /** Known and not needed, by any of the three, each with an id of its own. */
    static byte[] noise(String source) {
        var id = source + "-" + UUID.randomUUID();
        return bytes(
                switch (source) {
                    case "pagerduty" -> "{\"event\":{\"id\":\"" + id + "\",\"event_type\":\"pagey.ping\"}}";
                    case "servicenow" ->
                        "{\"schema\":\"servicenow-incident-1\",\"event_id\":\"" + id
                                + "\",\"event_type\":\"incident.deleted\"}";
                    default -> "{\"schema\":\"datadog-monitor-1\",\"id\":\"" + id + "\",\"alert_title\":\"[TEST] x\"}";
                });
    }

    static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hub's row for the incident of this title; missing while there is none. */
    JsonNode row(String title) {
        return stream(hub.incidents())
                .filter(row -> row.path("title").asText().equals(title))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    JsonNode awaitRow(String title) {
        await().atMost(Duration.ofSeconds(10)).until(() -> !row(title).isMissingNode());
        return row(title);
    }

    /** The correlation id of the incident of this title. */
    String id(String title) {
        return awaitRow(title).path("id").asText();
    }

    /** The record of the incident of this title. */
    JsonNode incident(String title) {
        return hub.incident(id(title)).path("incident");
    }

    JsonNode part(String title, Place place) {
        return incident(title).path("platforms").path(place.platform()).path(place.part());
    }

    List<String> timeline(String title) {
        return stream(hub.incident(id(title)).path("timeline"))
                .map(entry -> entry.path("text").asText())
                .toList();
    }

    /** The platform's records that carry the key of this incident, open or not. */
    List<JsonNode> ours(String id, Place place) {
        return stream(sandbox.records().path(place.platform()))
                .filter(place::holds)
                .filter(record -> carries(record, id))
                .toList();
    }

    static boolean isOpen(JsonNode record) {
        return !List.of("resolved", "completed", "Closed", "6", "7", "8")
                .contains(record.path("status").asText());
    }

    /** Calls of an operation that concern this title, answered or not; a call that hung is told by no title. */
    List<JsonNode> calls(String platform, String operation, Predicate<JsonNode> which) {
        return stream(sandbox.calls(platform, operation)).filter(which).toList();
    }

    List<JsonNode> creates(Place place, String title) {
        String operation = place.part().equals("case") ? "create-case" : "create-incident";
        return calls(place.platform(), operation, call -> call.path("title")
                .asText("")
                .endsWith(title));
    }

    /** Waits for {@link #assertLinked}; fails with the incident's whole story. */
    void awaitLinked(String title, Duration limit) {
        try {
            await().atMost(limit).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> assertLinked(title));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    late.getMessage() + "\n" + hub.incident(id(title)).toPrettyString(), late);
        }
    }

    /**
     * One open record per platform and part that carries our key, and it is the one in our record; all six links and the
     * join of the case, each shown exactly once; nothing left to do.
     */
    void assertLinked(String title) {
        JsonNode incident = incident(title);
        JsonNode records = sandbox.records();
        assertRecords(incident, records);
        assertLinks(incident, records);
        assertThat(incident.path("settledGeneration").asLong())
                .as("settled %s", title)
                .isEqualTo(incident.path("generation").asLong());
        assertThat(incident.path("pagedAt").asText()).as("paged").isNotEmpty();
        assertThat(incident.path("linkedAt").asText()).as("linked").isNotEmpty();
    }

    private static void assertRecords(JsonNode incident, JsonNode records) {
        for (Place place : PLACES) {
            JsonNode part = incident.path("platforms").path(place.platform()).path(place.part());
            List<String> open = stream(records.path(place.platform()))
                    .filter(place::holds)
                    .filter(record -> belongs(incident, record, part))
                    .filter(FaultRig::isOpen)
                    .map(record -> record.path("id").asText())
                    .toList();
            assertThat(open)
                    .as("open %s of %s", place, incident.path("title").asText())
                    .containsExactly(part.path("reference").path("id").asText());
            assertThat(part.path("attempt").isMissingNode()
                            || part.path("attempt").isNull())
                    .as("no attempt left on %s", place)
                    .isTrue();
        }
    }

    /** Made by us, or where the incident began the record that we know. */
    private static boolean belongs(JsonNode incident, JsonNode record, JsonNode part) {
        return carries(record, incident.path("id").asText())
                || record.path("id").equals(part.path("reference").path("id"));
    }

    /** Datadog has our key in its texts only, unless a field for it is configured. */
    private static boolean carries(JsonNode record, String id) {
        return Stream.of("key", "description", "summary")
                .anyMatch(member -> record.path(member).asText("").contains(id));
    }

    private static void assertLinks(JsonNode incident, JsonNode records) {
        JsonNode parts = incident.path("platforms");
        JsonNode datadog = record(records, parts, DATADOG);
        JsonNode kase = record(records, parts, CASE);
        JsonNode serviceNow = record(records, parts, TICKET);
        JsonNode pagerDuty = record(records, parts, PAGE);
        assertThat(texts(datadog.path("attachments"), "url"))
                .as("attachments")
                .containsExactlyInAnyOrder(url(serviceNow), url(pagerDuty));
        assertThat(strings(kase.path("incidents")))
                .as("the case's incident")
                .containsExactly(datadog.path("id").asText());
        String comments = String.join("\n", strings(kase.path("comments")));
        for (JsonNode shown : List.of(datadog, serviceNow, pagerDuty)) {
            assertThat(times(comments, url(shown)))
                    .as("%s in the case's comments %s", url(shown), comments)
                    .isOne();
        }
        assertShownOnce(serviceNow, "columns", "work_notes", datadog, pagerDuty);
        assertShownOnce(pagerDuty, "custom_fields", "notes", datadog, serviceNow);
    }

    /** Either in the place made for it, or in one note. */
    private static void assertShownOnce(JsonNode record, String fields, String notes, JsonNode... others) {
        String written = String.join("\n", strings(record.path(notes)));
        for (JsonNode other : others) {
            boolean inField = stream(record.path(fields))
                    .anyMatch(field -> field.asText().equals(url(other))
                            || field.path("value").asText().equals(url(other)));
            // A work note shows each link twice, as text and as HTML.
            long inNotes = written.lines()
                    .filter(line -> times(line, url(other)) > 0 && !line.startsWith("[code]"))
                    .count();
            assertThat((inField ? 1 : 0) + inNotes)
                    .as("%s shown by %s", url(other), record)
                    .isOne();
        }
    }

    static JsonNode record(JsonNode records, JsonNode parts, Place place) {
        JsonNode id = parts.path(place.platform())
                .path(place.part())
                .path("reference")
                .path("id");
        return stream(records.path(place.platform()))
                .filter(place::holds)
                .filter(record -> record.path("id").equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + place + " " + id));
    }

    static String url(JsonNode record) {
        return record.path("url").asText();
    }

    /** How often a URL stands in a text, not counting where it is only the beginning of a longer one. */
    static int times(String text, String url) {
        int count = 0;
        for (int at = text.indexOf(url); at >= 0; at = text.indexOf(url, at + 1)) {
            int end = at + url.length();
            count += end == text.length() || !Character.isLetterOrDigit(text.charAt(end)) ? 1 : 0;
        }
        return count;
    }

    static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static List<String> strings(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    static List<String> texts(JsonNode array, String member) {
        return stream(array).map(node -> node.path(member).asText()).toList();
    }

    /** Dead letters so far: the reason and the content, a line each. */
    List<String> deadLetters() {
        return DeadLetterBox.read(nats);
    }

    double metric(String name, String... labels) {
        return hub.metric(name, labels).orElse(0);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>(List.of(hub, server, nats));
        for (AutoCloseable one : all) {
            try {
                one.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot close " + one, e);
            }
        }
    }
}
