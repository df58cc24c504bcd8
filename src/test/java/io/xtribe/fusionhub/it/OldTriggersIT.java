package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Webhooks;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Only fresh triggers page: older ones are asked back about, and those older than a day are dead letters. */
class OldTriggersIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String MONITOR = "monitor";
    private static final String DECLARED = "declared";
    private static final String SERVICENOW = "servicenow";
    private static final String PAGERDUTY = "pagerduty";

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("OldTriggersIT").warmUp();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {MONITOR, DECLARED, SERVICENOW, PAGERDUTY})
    void openedWhenItsPlatformConfirms(String origin) {
        String title = "old, still there: " + origin;
        tell(origin, make(origin, title), title, 20);
        rig.awaitLinked(title, LIMIT);
        assertThat(rig.timeline(title)).anyMatch(text -> text.contains("still stands"));
        assertThat(reads(origin, title)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {MONITOR, DECLARED, SERVICENOW, PAGERDUTY})
    void notOpenedWhenItIsOver(String origin) {
        String title = "old, over: " + origin;
        String record = make(origin, title);
        end(origin, record, title);
        assertNothingHappens(origin, record, title);
    }

    @ParameterizedTest
    @ValueSource(strings = {MONITOR, DECLARED, SERVICENOW, PAGERDUTY})
    void notOpenedWhenItIsNotUrgentAnyMore(String origin) {
        String title = "old, lowered: " + origin;
        String record = make(origin, title);
        lower(origin, record, title);
        assertNothingHappens(origin, record, title);
    }

    /** The read fails at first: that opens nothing, and loses nothing. */
    @Test
    void askedAgainWhenItsPlatformDoesNotAnswer() {
        String title = "old, its platform is away";
        String record = make(SERVICENOW, title);
        rig.sandbox.fault("servicenow", "get-incident").status(500).times(2).inject();
        tell(SERVICENOW, record, title, 20);
        rig.awaitLinked(title, LIMIT);
        assertThat(reads(SERVICENOW, title)).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {MONITOR, DECLARED, SERVICENOW, PAGERDUTY})
    void deadLetterAfterADay(String origin) {
        String title = "a day old: " + origin;
        String record = make(origin, title);
        int before = rig.deadLetters().size();
        long calls = rig.sandbox.counts().path("total").asLong();
        tell(origin, record, title, 25 * 60);
        await().atMost(LIMIT).until(() -> rig.deadLetters().size() == before + 1);
        assertThat(rig.deadLetters().get(before)).contains("too old to open").contains(title);
        assertThat(rig.row(title).isMissingNode()).isTrue();
        assertThat(rig.sandbox.counts().path("total").asLong()).isEqualTo(calls);
    }

    /** The webhook of the end overtook that of the beginning, as when a delivery is repeated. */
    @Test
    void notOpenedWhenItsEndCameFirst() {
        String title = "its end came first";
        ObjectNode alert = FaultRig.monitor(title, "P1");
        send(FaultRig.recovered(alert), 5, "not a first sign, and no incident is known");
        send(alert, 65, "its end was told before it");
        assertThat(rig.row(title).isMissingNode()).isTrue();

        assertThat(rig.hub.webhook("datadog", at(alert, 0).toString())).isEqualTo(202);
        rig.awaitLinked(title, LIMIT);
    }

    /** Returns when it was dropped for that reason. */
    private static void send(ObjectNode alert, int secondsAgo, String reason) {
        double before = dropped(reason);
        assertThat(rig.hub.webhook("datadog", at(alert, secondsAgo).toString())).isEqualTo(202);
        await().atMost(LIMIT).until(() -> dropped(reason) == before + 1);
    }

    private static double dropped(String reason) {
        return rig.metric("fusion_signals_total", "outcome=noise", "reason=" + reason);
    }

    private static ObjectNode at(ObjectNode alert, int secondsAgo) {
        String time = Long.toString(Instant.now().minusSeconds(secondsAgo).toEpochMilli());
        return alert.put("date", time)
                .put("last_updated", time)
                .put("id", UUID.randomUUID().toString());
    }

    /** A page that opens nothing, and becomes a P1 later. */
    @Test
    void opensAPageThatIsRaised() {
        rig.webhooksOn();
        try {
            String title = "a page that becomes a P1";
            JsonNode page = rig.sandbox.pagerDutyIncident("P3", title);
            rig.sandbox.changePagerDutyIncident(page.path("id").asText(), Map.of("priority", "P1"));
            rig.awaitLinked(title, LIMIT);
        } finally {
            rig.webhooksOff();
        }
    }

    /** What is not opened for its priority is nothing to be confirmed later either. */
    @Test
    void opensWhenRaised() {
        rig.webhooksOn();
        try {
            String title = "raised from P3 to P2";
            JsonNode logged = rig.sandbox.serviceNowIncident(2, 2, title);
            String sysId = logged.path("id").asText(logged.path("sys_id").asText());
            await().atMost(LIMIT)
                    .until(() -> rig.metric("fusion_signals_total", "source=servicenow", "outcome=noise") >= 1);
            assertThat(rig.row(title).isMissingNode()).isTrue();
            rig.sandbox.changeServiceNowIncident(sysId, Map.of("impact", "1"));
            rig.awaitLinked(title, LIMIT);
            assertThat(rig.incident(title).path("priority").asText()).isEqualTo("P2");
            assertThat(FaultRig.record(
                                    rig.sandbox.records(), rig.incident(title).path("platforms"), PAGE)
                            .path("priority")
                            .asText())
                    .isEqualTo("P2");
        } finally {
            rig.webhooksOff();
        }
    }

    /** Not confirmed for its priority, it is raised later: then it opens. */
    @Test
    void opensWhenRaisedAfterItWasNotConfirmed() {
        String title = "old, lowered, then raised";
        String record = make(SERVICENOW, title);
        lower(SERVICENOW, record, title);
        assertNothingHappens(SERVICENOW, record, title);
        rig.webhooksOn();
        try {
            rig.sandbox.changeServiceNowIncident(record, Map.of("work_notes", "a comment raises nothing"));
            await().atMost(LIMIT)
                    .until(() -> rig.timeline(title).stream().anyMatch(text -> text.startsWith("commented")));
            await().atMost(LIMIT).until(() -> rig.row(title).path("settled").asBoolean());
            assertThat(rig.ours(rig.id(title), PAGE)).isEmpty();
            rig.sandbox.changeServiceNowIncident(record, Map.of("impact", "1", "urgency", "1"));
            rig.awaitLinked(title, LIMIT);
        } finally {
            rig.webhooksOff();
        }
    }

    private static void assertNothingHappens(String origin, String record, String title) {
        long writes = rig.sandbox.counts().path("writes").asLong();
        String before = rig.sandbox.records().toString();
        tell(origin, record, title, 20);
        await().atMost(LIMIT).until(() -> rig.awaitRow(title).path("settled").asBoolean());
        assertThat(rig.timeline(title)).anyMatch(text -> text.contains("nothing is opened"));
        assertThat(rig.sandbox.counts().path("writes").asLong())
                .as("no platform is written to, least of all the one of trigger")
                .isEqualTo(writes);
        assertThat(rig.sandbox.records().toString()).isEqualTo(before);
        assertThat(reads(origin, title)).isEqualTo(1);
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(8)).untilAsserted(() -> assertThat(
                        rig.metric("fusion_unpaged_incidents"))
                .isZero());
        assertThat(rig.sandbox.counts().path("writes").asLong()).isEqualTo(writes);
    }

    /** Makes the thing on its platform, which tells nobody yet; returns its id there. */
    private static String make(String origin, String title) {
        JsonNode made =
                switch (origin) {
                    case MONITOR -> rig.sandbox.datadogAlert("P1", title);
                    case DECLARED -> rig.sandbox.datadogIncident("SEV-1", title);
                    case SERVICENOW -> rig.sandbox.serviceNowIncident(1, 1, title);
                    default -> rig.sandbox.pagerDutyIncident("P1", title);
                };
        return origin.equals(MONITOR)
                ? made.path("monitor").asText()
                : FaultRig.stream(rig.sandbox.records().path(origin.equals(DECLARED) ? "datadog" : origin))
                        .filter(record -> record.path("title").asText().equals(title))
                        .map(record -> record.path("id").asText())
                        .findFirst()
                        .orElseThrow();
    }

    private static void end(String origin, String record, String title) {
        switch (origin) {
            case MONITOR ->
                rig.sandbox.datadogAlert(
                        Map.of("monitor", record, "priority", "P1", "title", title, "transition", "Recovered"));
            case DECLARED -> rig.sandbox.changeDatadogIncident(record, Map.of("state", "resolved"));
            case SERVICENOW ->
                rig.sandbox.changeServiceNowIncident(
                        record, Map.of("state", "6", "close_code", "Solution provided", "close_notes", "done"));
            default -> rig.sandbox.changePagerDutyIncident(record, Map.of("status", "resolved"));
        }
    }

    private static void lower(String origin, String record, String title) {
        switch (origin) {
            case MONITOR ->
                rig.sandbox.datadogAlert(
                        Map.of("monitor", record, "priority", "P4", "title", title, "transition", "Re-Triggered"));
            case DECLARED -> rig.sandbox.changeDatadogIncident(record, Map.of("severity", "SEV-4"));
            case SERVICENOW -> rig.sandbox.changeServiceNowIncident(record, Map.of("impact", "2", "urgency", "2"));
            default -> rig.sandbox.changePagerDutyIncident(record, Map.of("priority", "P4"));
        }
    }

    /** Sends the webhook of its trigger, which happened so many minutes ago. */
    private static void tell(String origin, String record, String title, long minutesAgo) {
        Instant at = Instant.now().minus(minutesAgo, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
        String source = origin.equals(MONITOR) || origin.equals(DECLARED) ? "datadog" : origin;
        assertThat(rig.hub.webhook(source, trigger(origin, record, title, at).toString()))
                .isEqualTo(202);
    }

    private static ObjectNode trigger(String origin, String record, String title, Instant at) {
        String millis = Long.toString(at.toEpochMilli());
        switch (origin) {
            case MONITOR -> {
                ObjectNode body = FaultRig.monitor(title, "P1");
                return body.put("alert_id", record).put("date", millis).put("last_updated", millis);
            }
            case DECLARED -> {
                ObjectNode body = (ObjectNode) FaultRig.parse(Webhooks.body("datadog/incident-declared-sev1"));
                ((ObjectNode) body.path("incident")).put("uuid", record).put("title", title);
                ((ObjectNode) body.path("incident")).put("url", url(record));
                ((ObjectNode) body.path("incident").path("fields")).put("summary", "");
                return body.put("date", millis);
            }
            case SERVICENOW -> {
                ObjectNode body = (ObjectNode) FaultRig.parse(Webhooks.body("servicenow/created-p1"));
                ((ObjectNode) body.path("incident")).put("sys_id", record).put("short_description", title);
                return body.put("event_id", record).put("occurred_at", at.toString());
            }
            default -> {
                ObjectNode body = (ObjectNode) FaultRig.parse(Webhooks.body("pagerduty/triggered-p1-manual"));
                ((ObjectNode) body.path("event")).put("id", record).put("occurred_at", at.toString());
                ((ObjectNode) body.path("event").path("data"))
                        .put("id", record)
                        .put("title", title)
                        .put("html_url", url(record));
                return body;
            }
        }
    }

    private static String url(String record) {
        return FaultRig.stream(rig.sandbox.records())
                .flatMap(FaultRig::stream)
                .filter(known -> known.path("id").asText().equals(record))
                .map(FaultRig::url)
                .findFirst()
                .orElseThrow();
    }

    private static long reads(String origin, String title) {
        String operation = origin.equals(MONITOR) ? "get-monitor" : "get-incident";
        String platform = origin.equals(MONITOR) || origin.equals(DECLARED) ? "datadog" : origin;
        String subject = rig.incident(title).path("origin").path("subject").asText();
        return rig.calls(platform, operation, call -> call.path("path").asText().endsWith("/" + subject))
                .size();
    }
}
