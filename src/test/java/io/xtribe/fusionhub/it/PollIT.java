package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.it.PlatformRecords.StartedOn;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** No webhook arrives, and what happens on the platforms is found by polls all the same. */
class PollIT {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final List<String> POLLS = List.of(
            "poll.datadog.events",
            "poll.datadog.monitors",
            "poll.datadog.incidents",
            "poll.datadog.cases",
            "poll.servicenow.incidents",
            "poll.pagerduty.incidents",
            "poll.pagerduty.resolved",
            "poll.pagerduty.subscriptions");

    private Rig rig;
    private HubProcess hub;
    private HubProcess other;

    @BeforeEach
    void start() {
        rig = Rig.start("PollIT");
    }

    @AfterEach
    void stop() {
        if (hub != null) {
            hub.close();
        }
        if (other != null) {
            other.close();
        }
        rig.close();
    }

    private HubProcess.Builder polling() {
        HubProcess.Builder builder = rig.hub()
                .env("FUSION_DATADOG_ORG_ID", "1200000001")
                .env("FUSION_SERVICENOW_INSTANCE", "sandbox")
                .env("FUSION_TRIGGERS_SOURCES", "datadog.monitor,datadog.incident,servicenow,pagerduty.manual");
        for (String platform : List.of("DATADOG", "SERVICENOW", "PAGERDUTY")) {
            builder.env("FUSION_" + platform + "_POLL", "1s");
        }
        return builder;
    }

    /** Until every poll has its watermark: what happens from then on is found. */
    private void awaitBeginning() {
        Awaitility.await().atMost(PLENTY).until(() -> POLLS.stream().allMatch(key -> rig.shared(key) != null));
    }

    private JsonNode incident(String title) {
        return rig.incidents().get(title);
    }

    private static void awaitThat(String what, BooleanSupplier condition) {
        Awaitility.await(what).atMost(PLENTY).until(condition::getAsBoolean);
    }

    private static boolean isAt(JsonNode incident, String status, String priority) {
        return incident != null
                && incident.path("status").asText().equals(status)
                && incident.path("priority").asText().equals(priority);
    }

    private JsonNode record(String platform, String title) {
        for (JsonNode record : rig.platforms().records().path(platform)) {
            if (record.path("title").asText().contains(title)) {
                return record;
            }
        }
        return null;
    }

    @Test
    void findsWhatNoWebhookHasTold() {
        hub = polling().start().awaitReady();
        awaitBeginning();

        JsonNode alert = rig.platforms().datadogAlert("P1", "lost alert");
        rig.platforms().serviceNowIncident(1, 1, "lost ticket");
        rig.platforms().pagerDutyIncident("P1", "lost page");
        JsonNode first = rig.platforms().datadogAlert(group("host:a,env:prod", "lost group a"));
        rig.platforms().datadogAlert(group("env:prod,host:b", "lost group b"));
        rig.platforms().datadogAlert(Map.of("priority", "P1", "title", "without an event", "event", false));

        List<String> lost =
                List.of("lost alert", "lost ticket", "lost page", "lost group a", "lost group b", "without an event");
        rig.awaitSettled(lost, PLENTY);
        rig.assertLinkedOnce(List.of("lost alert", "lost group a", "lost group b", "without an event"));
        rig.assertLinkedOnce(List.of("lost ticket"), StartedOn.SERVICENOW);
        rig.assertLinkedOnce(List.of("lost page"), StartedOn.PAGERDUTY);

        // A person acknowledges, one raises, and one monitor recovers while it is muted.
        String page = incident("lost ticket")
                .at("/platforms/pagerduty/incident/reference/id")
                .asText();
        rig.platforms().changePagerDutyIncident(page, Map.of("snooze", 3600));
        String ticket = incident("lost page")
                .at("/platforms/servicenow/incident/reference/id")
                .asText();
        rig.platforms().changeServiceNowIncident(ticket, Map.of("impact", "1", "urgency", "2"));
        rig.platforms().datadogRecoversMuted(alert);
        rig.platforms().datadogRecoversMuted(first);

        awaitThat("the snooze", () -> isAt(incident("lost ticket"), "ACKNOWLEDGED", "P1"));
        awaitThat("the priority", () -> isAt(incident("lost page"), "OPEN", "P2"));
        awaitThat("the recovery", () -> isAt(incident("lost alert"), "RESOLVED", "P1"));
        awaitThat("the recovery of one group", () -> isAt(incident("lost group a"), "RESOLVED", "P1"));
        rig.awaitSettled(lost, PLENTY);
        assertThat(isAt(incident("lost group b"), "OPEN", "P1"))
                .as("the other group still alerts")
                .isTrue();

        String over = incident("lost group a")
                .at("/platforms/datadog/incident/reference/id")
                .asText();
        rig.platforms().changeDatadogIncident(over, Map.of("severity", "SEV-3"));
        awaitThat("the priority of what is over", () -> isAt(incident("lost group a"), "RESOLVED", "P3"));

        String kase =
                incident("lost page").at("/platforms/datadog/case/reference/id").asText();
        rig.platforms().changeDatadogCase(kase, Map.of("comment", "the disk is full"));
        awaitThat(
                "the comment",
                () -> record("pagerduty", "lost page").path("notes").toString().contains("the disk is full"));
    }

    /** The poll that opened it could not know the key of the alert's cycle, which the webhook tells. */
    @Test
    void aLateWebhookOpensNothingAgainThatSomebodyHasResolved() {
        hub = polling().start().awaitReady();
        rig.webhooks(Map.of("url", hub.url() + "/webhooks", "hold", Map.of("datadog", true)));
        awaitBeginning();
        String title = "late webhook";
        JsonNode alert = rig.platforms().datadogAlert(Map.of("priority", "P1", "title", title, "event", false));
        rig.awaitSettled(List.of(title), PLENTY);
        String page =
                incident(title).at("/platforms/pagerduty/incident/reference/id").asText();
        rig.platforms().changePagerDutyIncident(page, Map.of("status", "resolved"));
        awaitThat("the end", () -> isAt(incident(title), "RESOLVED", "P1"));

        rig.webhooks(Map.of("hold", Map.of("datadog", false)));
        awaitThat("the late webhook", () -> rig.story(title).contains("that somebody has resolved"));
        double heard = heardOfDatadog();
        rig.platforms().datadogAlert(Map.of("monitor", alert.path("monitor").asLong(), "transition", "Renotify"));
        awaitThat("the renotification", () -> heardOfDatadog() > heard);
        awaitRounds(2);

        assertThat(isAt(incident(title), "RESOLVED", "P1")).as(rig.story(title)).isTrue();
        assertThat(record("pagerduty", title).path("status").asText()).isEqualTo("resolved");

        // The next alert is another one.
        rig.platforms().datadogAlert(Map.of("monitor", alert.path("monitor").asLong(), "transition", "Recovered"));
        rig.platforms().datadogAlert(Map.of("monitor", alert.path("monitor").asLong(), "transition", "Triggered"));
        awaitThat("the next alert", () -> isAt(incident(title), "OPEN", "P1"));
    }

    /** Its first webhook is lost, and what comes after it tells that the alert goes on in another state. */
    @ParameterizedTest
    @ValueSource(strings = {"No Data", "Warn"})
    void anAlertThatGoesOnInAnotherStateOpensNothingAgainThatSomebodyHasResolved(String state) {
        hub = polling()
                .env("FUSION_DATADOG_TRIGGERS_ON", "Triggered,Warn,No Data")
                .start()
                .awaitReady();
        awaitBeginning();
        String title = "goes on in " + state;
        JsonNode alert = rig.platforms().datadogAlert(Map.of("priority", "P1", "title", title, "event", false));
        rig.awaitSettled(List.of(title), PLENTY);
        String page =
                incident(title).at("/platforms/pagerduty/incident/reference/id").asText();
        rig.platforms().changePagerDutyIncident(page, Map.of("status", "resolved"));
        awaitThat("the end", () -> isAt(incident(title), "RESOLVED", "P1"));

        rig.webhooksTo(hub);
        rig.platforms().datadogAlert(Map.of("monitor", alert.path("monitor").asLong(), "transition", state));
        awaitThat("the other state", () -> rig.story(title).contains("that somebody has resolved"));
        awaitRounds(2);

        assertThat(isAt(incident(title), "RESOLVED", "P1")).as(rig.story(title)).isTrue();
        assertThat(record("pagerduty", title).path("status").asText()).isEqualTo("resolved");
    }

    private double heardOfDatadog() {
        return hub.metric("fusion_signals_total", "source=datadog").orElse(0);
    }

    private static Map<String, Object> group(String scope, String title) {
        return Map.of("monitor", 4711, "scope", scope, "priority", "P1", "title", title);
    }

    /** What its webhook brings as well, before or after, is the same incident. */
    @Test
    void theWebhookAndThePollOfOneAlertOpenOneIncident() {
        hub = polling().start().awaitReady();
        rig.webhooksTo(hub);
        awaitBeginning();

        List<String> titles = Rig.titles("told twice", 5);
        titles.forEach(title -> rig.platforms().datadogAlert("P1", title));
        rig.platforms().serviceNowIncident(1, 1, "ticket told twice");
        rig.platforms().pagerDutyIncident("P1", "page told twice");

        rig.awaitSettled(titles, PLENTY);
        awaitRounds(2);
        rig.awaitSettled(titles, PLENTY);
        rig.assertLinkedOnce(titles);
        rig.assertLinkedOnce(List.of("ticket told twice"), StartedOn.SERVICENOW);
        rig.assertLinkedOnce(List.of("page told twice"), StartedOn.PAGERDUTY);
        assertThat(hub.metric("fusion_polled_signals_total").orElse(0)).isPositive();
    }

    private void awaitRounds(int more) {
        long[] rounds = POLLS.stream()
                .mapToLong(key -> rig.shared(key).path("rounds").asLong())
                .toArray();
        awaitThat("rounds", () -> {
            for (int at = 0; at < rounds.length; at++) {
                if (rig.shared(POLLS.get(at)).path("rounds").asLong() < rounds[at] + more) {
                    return false;
                }
            }
            return true;
        });
    }

    @Test
    void anotherHubGoesOnWhereOneDied() {
        hub = polling().start().awaitReady();
        awaitBeginning();
        other = polling().start().awaitReady();
        awaitRounds(2);
        long read = read(hub) + read(other);
        assertThat(rig.shared("poll.servicenow.incidents").path("rounds").asLong())
                .as("each round was one hub's")
                .isBetween(read, read + 2);
        // Where it dies in the middle of a page, too.
        rig.latency(300);
        hub.kill();
        rig.platforms().datadogAlert("P1", "after the death");
        rig.latency(0);

        rig.awaitSettled(List.of("after the death"), PLENTY);
        rig.assertLinkedOnce(List.of("after the death"));
    }

    private static long read(HubProcess hub) {
        return (long) hub.metric("fusion_polls_total", "platform=servicenow", "poll=incidents", "outcome=ok")
                .orElse(0);
    }

    @Test
    void whatHappenedWhileNobodyPolledIsFoundAfterwards() {
        hub = polling().start().awaitReady();
        awaitBeginning();
        hub.kill();
        rig.platforms().datadogAlert("P1", "in the night");
        hub.start().awaitReady();

        rig.awaitSettled(List.of("in the night"), PLENTY);
        rig.assertLinkedOnce(List.of("in the night"));
    }

    /** And nothing that stood before there was a watermark. */
    @Test
    void whatStoodBeforeIsOpenedByNoPoll() {
        rig.platforms().datadogAlert("P1", "old alert");
        rig.platforms().serviceNowIncident(1, 1, "old ticket");
        rig.platforms().pagerDutyIncident("P1", "old page");
        hub = polling().start().awaitReady();
        awaitBeginning();
        rig.platforms().datadogAlert("P1", "new alert");

        rig.awaitSettled(List.of("new alert"), PLENTY);
        awaitRounds(2);
        assertThat(rig.incidents().keySet()).containsExactly("new alert");
    }

    @Test
    void aPollThatFailsKeepsItsWatermarkAndIsTold() {
        hub = polling().start().awaitReady();
        awaitBeginning();
        rig.platforms().fault("datadog", "list-events").status(500).always().inject();
        rig.platforms().datadogAlert("P1", "behind a fault");

        awaitThat(
                "three failures",
                () -> rig.shared("poll.datadog.events").path("failures").asInt() >= 3);
        assertThat(hub.metric("fusion_polls_total", "poll=events", "outcome=failed")
                        .orElse(0))
                .isGreaterThanOrEqualTo(3);
        assertThat(hub.health().toString()).contains("datadog events").contains("not read");
        rig.platforms().clearFaults();

        rig.awaitSettled(List.of("behind a fault"), PLENTY);
        rig.assertLinkedOnce(List.of("behind a fault"));
    }

    /** Polls spend a share of the account's limit; what they leave is there for a page. */
    @Test
    void pollsLeaveRoomForPagesWhereTheLimitIsNear() {
        hub = polling()
                .env("FUSION_LIMITS_PAGERDUTY_CALLS", "40")
                .env("FUSION_LIMITS_PAGERDUTY_PER", "60s")
                .start()
                .awaitReady();
        rig.webhooksTo(hub);
        awaitThat(
                "polls that wait",
                () -> hub.metric("fusion_polls_total", "platform=pagerduty", "outcome=waiting")
                                .orElse(0)
                        > 5);
        // Of 40 calls a half is left, whatever polls would still like to ask.
        Awaitility.await("the reserve")
                .during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(6))
                .until(() -> hub.metric("fusion_platform_budget", "platform=pagerduty")
                                .orElse(0)
                        >= 19);

        rig.platforms().datadogAlert("P1", "near the limit");

        awaitThat("the page", () -> rig.calls("pagerduty", "create-incident") == 1);
        rig.awaitSettled(List.of("near the limit"), PLENTY);
        rig.assertLinkedOnce(List.of("near the limit"));
    }

    /** Whatever somebody did to the links: on each record, and in each place of it that the vendor lets people change. */
    @Test
    void everyPlaceShowsItsLinksAgainAlsoWhereTheWebApplicationHasMoved() {
        hub = polling().start().awaitReady();
        awaitBeginning();
        String title = "links everywhere";
        rig.platforms().datadogAlert("P1", title);
        rig.awaitSettled(List.of(title), PLENTY);
        rig.assertLinkedOnce(List.of(title));
        JsonNode platforms = incident(title).path("platforms");
        String page = platforms.at("/pagerduty/incident/reference/id").asText();
        String ticket = platforms.at("/servicenow/incident/reference/id").asText();
        String declared = platforms.at("/datadog/incident/reference/id").asText();
        String kase = platforms.at("/datadog/case/reference/id").asText();

        rig.platforms().changeDatadogIncident(declared, Map.of("detach", page));
        rig.platforms().changeDatadogCase(kase, Map.of("uncomment", page));
        rig.platforms().changePagerDutyIncident(page, Map.of("clear", "datadog_incident_url"));
        rig.platforms()
                .changePagerDutyIncident(
                        page, Map.of("fields", Map.of("servicenow_incident_url", "https://elsewhere.example/1")));
        rig.platforms()
                .changeServiceNowIncident(ticket, Map.of("u_pagerduty_incident_url", "https://elsewhere.example/2"));
        // Each record is looked at once an hour: the polls are to have looked at none.
        rig.forget("poll.datadog.links");
        rig.forget("poll.pagerduty.links");

        Awaitility.await("the links").atMost(PLENTY).untilAsserted(() -> rig.assertLinkedOnce(List.of(title)));
        rig.awaitSettled(List.of(title), PLENTY);

        // People open Datadog under another address: what leads there on the other platforms follows.
        String before = platforms.at("/datadog/incident/reference/url").asText();
        String after = before.replace(rig.platforms().url("datadog"), "https://acme.datadoghq.example");
        assertThat(after).isNotEqualTo(before);
        hub.close();
        hub = polling()
                .env("FUSION_DATADOG_APP_URL", "https://acme.datadoghq.example")
                .start()
                .awaitReady();
        Awaitility.await("the links to the new address").atMost(PLENTY).untilAsserted(() -> {
            assertThat(record("pagerduty", title)
                            .at("/custom_fields/datadog_incident_url")
                            .asText())
                    .isEqualTo(after);
            assertThat(record("servicenow", title)
                            .at("/columns/u_datadog_incident_url")
                            .asText())
                    .isEqualTo(after);
        });
        rig.awaitSettled(List.of(title), PLENTY);
    }

    @Test
    void aLinkThatSomebodyRemovedIsWrittenAgainOnce() {
        hub = polling().start().awaitReady();
        awaitBeginning();
        rig.platforms().datadogAlert("P1", "linked");
        rig.awaitSettled(List.of("linked"), PLENTY);
        JsonNode incident = incident("linked");
        String page = incident.at("/platforms/pagerduty/incident/reference/url").asText();
        String ticket =
                incident.at("/platforms/servicenow/incident/reference/id").asText();

        rig.platforms().changeServiceNowIncident(ticket, Map.of("u_pagerduty_incident_url", ""));
        awaitThat("the link", () -> {
            JsonNode shown = record("servicenow", "linked").path("columns");
            return shown.toString().contains(page);
        });
        rig.awaitSettled(List.of("linked"), PLENTY);

        rig.platforms().changeServiceNowIncident(ticket, Map.of("u_pagerduty_incident_url", ""));
        awaitRounds(3);
        assertThat(record("servicenow", "linked").path("columns").toString())
                .as("within an hour it stays as people want it")
                .doesNotContain(page);
    }
}
