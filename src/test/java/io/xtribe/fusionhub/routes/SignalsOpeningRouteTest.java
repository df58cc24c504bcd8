package io.xtribe.fusionhub.routes;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which signals open an incident, and what is said of those that do not. */
class SignalsOpeningRouteTest extends SignalsIntakeFixture {

    @Test
    void tellsAWordThatNoTableHas() throws Exception {
        var alert = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        publish(envelope("datadog", alert));
        awaitAcknowledged();
        alert.put("alert_transition", "Muted");
        alert.put("id", "another");

        publish(envelope("datadog", alert));

        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(metrics.counter("fusion.words.unknown", "platform", "datadog", "field", "status")
                        .count())
                .isOne();
        var id = CorrelationId.derive(
                "datadog",
                alert.at("/org/id").asText(),
                alert.path("alert_cycle_key").asText());
        assertThat(timeline.texts(id)).anyMatch(text -> text.contains("'Muted' of monitor is in no table"));
    }

    private void publishAll(byte[]... signals) throws Exception {
        var before = stored(Names.SIGNALS);
        for (var signal : signals) {
            publish(signal);
        }
        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == before + signals.length);
    }

    /** A poll does not know the key of the cycle, and may be told the tags of the group in another order. */
    @Test
    void theWebhookOfAnAlertThatAPollHasFoundJoinsItsIncident() throws Exception {
        var found = alert().put("alert_cycle_key", "98219311@env:prod,host:a@1769860800")
                .put("alert_scope", "env:prod,host:a");
        var told = alert().put("alert_scope", "host:a, env:prod").put("id", "another");

        publishAll(envelope("datadog", found), envelope("datadog", told));

        assertThat(store.size()).isOne();
        assertThat(letters()).isEmpty();
        var id = CorrelationId.derive(
                "datadog",
                found.at("/org/id").asText(),
                found.path("alert_cycle_key").asText());
        assertThat(timeline.texts(id)).anyMatch(text -> text.contains("another cycle of the alert"));
    }

    private double dropped(String source, String reason) {
        return metrics
                .find("fusion.signals")
                .tags("source", source, "outcome", "noise", "reason", reason)
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** Nobody may be left unpaged because a webhook has no template, or has a word that no table has. */
    @Test
    void buriesWhatMayBeUrgentAndIsNotUnderstood() throws Exception {
        publishAll(
                envelope("datadog", JSON.readTree("{\"title\": \"[Triggered] x\", \"event_type\": \"y\"}")),
                envelope("servicenow", JSON.readTree("{\"table\": \"incident\", \"priority\": \"1\"}")),
                envelope("pagerduty", JSON.readTree("{\"messages\": []}")),
                alert("Escalated", "P1", Duration.ZERO),
                alert("Triggered", "Urgent", Duration.ZERO));

        assertThat(letters())
                .hasSize(5)
                .allSatisfy(letter -> {
                    assertThat(letter.path("class").asText()).isEqualTo("not-understood");
                    assertThat(letter.path("remedy").asText()).isNotBlank();
                })
                .extracting(letter -> letter.path("reason").asText())
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).startsWith("Datadog's default payload"),
                        reason -> assertThat(reason).contains("its members are priority, table"),
                        reason -> assertThat(reason).startsWith("a webhook of version 2"),
                        reason -> assertThat(reason).startsWith("status 'Escalated' of monitor is in no table"),
                        reason -> assertThat(reason).startsWith("priority 'Urgent' of monitor is in no table"));
        assertThat(metrics.counter("fusion.words.unknown", "platform", "datadog", "field", "event")
                        .count())
                .isOne();
        assertThat(store.size()).isZero();
    }

    @Test
    void tellsAnEventThatItDoesNotKnowToItsIncident() throws Exception {
        var page = (ObjectNode) JSON.readTree(Webhooks.fresh("pagerduty/triggered-p1-manual"));
        publishAll(envelope("pagerduty", page));
        ((ObjectNode) page.path("event")).put("event_type", "incident.exploded");

        publishAll(envelope("pagerduty", page));

        assertThat(letters()).isEmpty();
        assertThat(timeline.texts(work.ids().get(0)))
                .anyMatch(text -> text.contains("event type 'incident.exploded' is not known"));
    }

    @Test
    void countsNoiseByItsReason() throws Exception {
        publishAll(
                alert("Triggered", "P3", Duration.ZERO),
                alert("Triggered", "", Duration.ZERO),
                alert("Warn", "P1", Duration.ZERO),
                alert("Escalated", "P4", Duration.ZERO),
                envelope("pagerduty", JSON.readTree(Webhooks.fresh("pagerduty/ping"))));

        assertThat(dropped("datadog", "priority P3 does not open")).isOne();
        assertThat(dropped("datadog", "no priority")).isOne();
        assertThat(dropped("datadog", "'Warn' does not open")).isOne();
        assertThat(dropped("datadog", "priority P4 does not open")).isOne();
        assertThat(dropped("pagerduty", "event type that is not needed")).isOne();
        assertThat(letters()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"incident.priority_updated", "incident.reopened"})
    void opensAPageThatBecomesUrgentLater(String event) throws Exception {
        var page = (ObjectNode) JSON.readTree(Webhooks.fresh("pagerduty/triggered-p1-manual"));
        var data = (ObjectNode) page.at("/event/data");
        var priority = data.path("priority").deepCopy();
        data.putNull("priority");
        publishAll(envelope("pagerduty", page));
        assertThat(store.size()).isZero();
        data.set("priority", priority);
        ((ObjectNode) page.path("event")).put("event_type", event);

        publishAll(envelope("pagerduty", page));

        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void opensNothingThatIsLowered() throws Exception {
        var page = (ObjectNode) JSON.readTree(Webhooks.fresh("pagerduty/triggered-p1-manual"));
        ((ObjectNode) page.path("event")).put("event_type", "incident.priority_updated");
        ((ObjectNode) page.at("/event/data/priority")).put("summary", "P3");

        publishAll(envelope("pagerduty", page));

        assertThat(store.size()).isZero();
        assertThat(dropped("pagerduty", "priority P3 does not open")).isOne();
    }

    /** The monitor that opened nothing: its first notification was lost, or its priority was raised since. */
    @ParameterizedTest
    @ValueSource(strings = {"Re-Triggered", "Re-No Data", "Renotify", "re-triggered"})
    void opensForARepeatedAlertThatNobodyKnows(String transition) throws Exception {
        publishAll(alert(transition, "P1", Duration.ZERO));

        assertThat(store.size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Recovered", "recovered", "Recovered from No Data", "OK"})
    void opensNothingWhoseEndCameBeforeIt(String transition) throws Exception {
        publishAll(alert(transition, "", Duration.ofSeconds(5)));
        publishAll(alert("Triggered", "P1", Duration.ofSeconds(65)));

        assertThat(store.size()).isZero();
        assertThat(dropped("datadog", "its end was told before it")).isOne();

        publishAll(alert("Triggered", "P1", Duration.ZERO));

        assertThat(store.size()).as("it began anew").isEqualTo(1);
    }

    /** One hub takes the end, another the beginning, and neither sees the other's at first. */
    @Test
    void endsWhatItOpenedWhileAnotherHubWasToldOfItsEnd() throws Exception {
        publishAll(alert("Recovered", "P1", Duration.ofSeconds(5)));
        ends.comeLate();

        publishAll(alert("Triggered", "P1", Duration.ofSeconds(65)));

        assertThat(store.get(work.ids().get(0)).status()).isEqualTo(Status.RESOLVED);
    }

    @Test
    void asksWhereAnEndAndABeginningCannotBeCompared() throws Exception {
        publishAll(alert("Recovered", "P1", Duration.ofSeconds(4)));

        publishAll(alert("Triggered", "P1", Duration.ofSeconds(5)));

        assertThat(store.get(work.ids().get(0)).unconfirmed()).isTrue();
    }

    @Test
    void remembersNoEndOfWhatCouldNotBeOpened() throws Exception {
        publishAll(alert("Recovered", "P3", Duration.ZERO), alert("Recovered", "P1", Duration.ofHours(25)));
        assertThat(ends.size()).isZero();

        publishAll(alert("Recovered", "P1", Duration.ZERO));

        assertThat(ends.size()).isEqualTo(1);
    }
}
