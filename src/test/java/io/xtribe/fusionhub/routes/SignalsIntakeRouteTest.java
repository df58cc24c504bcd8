package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.intake.DeadLetters;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A signal is acknowledged when what it says is durable, or is nothing to keep. */
class SignalsIntakeRouteTest extends SignalsIntakeFixture {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "datadog/monitor-triggered-p1",
                "datadog/incident-declared-sev1",
                "servicenow/created-p1",
                "pagerduty/triggered-p1-manual"
            })
    void acknowledgesATriggerAfterItsRecordStands(String webhook) throws Exception {
        publish(envelope(webhook.substring(0, webhook.indexOf('/')), JSON.readTree(Webhooks.fresh(webhook))));

        awaitAcknowledged();
        assertThat(recordsBeforeAcknowledging).containsExactly(1);
        assertThat(work.ids()).hasSize(1);
        assertThat(store.get(work.ids().get(0)).priority()).isEqualTo(Priority.P1);
        assertThat(writes()).as("a signal never calls a platform").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog/monitor-triggered-p3", "datadog/monitor-test", "pagerduty/unknown-event-type"})
    void acknowledgesNoiseAndKeepsNothing(String webhook) throws Exception {
        publish(envelope(webhook.substring(0, webhook.indexOf('/')), JSON.readTree(Webhooks.fresh(webhook))));

        awaitAcknowledged();
        assertThat(store.size()).isZero();
        assertThat(work.ids()).isEmpty();
        assertThat(stored(Names.DEAD_LETTERS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "this is not JSON",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/datadog\",\"type\":\"datadog.alert\"}",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/jira\",\"type\":\"jira.issue\","
                        + "\"time\":\"2026-01-31T12:00:00Z\",\"data\":{}}"
            })
    void buriesWhatItCannotUnderstandAndAcknowledgesIt(String signal) throws Exception {
        publish(signal.getBytes(StandardCharsets.UTF_8));

        awaitAcknowledged();
        var letter = management().getMessage(Names.DEAD_LETTERS, 1);
        assertThat(new String(Letters.body(Letters.json(letter)), StandardCharsets.UTF_8))
                .isEqualTo(signal);
        assertThat(letter.getHeaders().getFirst(DeadLetters.REASON)).isNotEmpty();
        assertThat(intake().getRedelivered()).isZero();
    }

    @Test
    void buriesWhatTheMappingCannotRead() throws Exception {
        // Given an organisation that sends a text where an object is expected
        var data = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        data.put("org", "Example Org");

        // When
        publish(envelope("datadog", data));

        // Then it does not come again for ever
        awaitAcknowledged();
        assertThat(letters())
                .singleElement()
                .extracting(letter -> letter.path("reason").asText())
                .isEqualTo("the mapping of datadog cannot read the body: where an object with the member 'id' is"
                        + " expected, there is a text");
        assertThat(store.size()).isZero();
    }

    @Test
    void leavesASignalWithNatsWhileTheStoreIsAway() throws Exception {
        // Given
        store.setAway(true);
        publish(trigger());
        await().atMost(SOON).until(() -> intake().getRedelivered() > 0);
        assertThat(intake().getAckFloor().getStreamSequence()).isZero();
        assertThat(recordsBeforeAcknowledging).isEmpty();
        assertThat(stored(Names.DEAD_LETTERS)).isZero();

        // When
        store.setAway(false);

        // Then
        awaitAcknowledged();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void doesNotLetANatsHeaderPoseAsCamels() throws Exception {
        // Given
        var posing = new Headers();
        posing.put("CamelBeanMethodName", "retry");
        posing.put("camelhttpuri", "http://127.0.0.1:1/");
        posing.put("CamelNatsReplyTo", "elsewhere");
        posing.put("Harmless", "yes");

        // When
        publish(trigger(), posing);

        // Then
        awaitAcknowledged();
        assertThat(headers).doesNotContainKeys("CamelBeanMethodName", "camelhttpuri");
        assertThat(headers.get("CamelNatsReplyTo").toString()).startsWith("$JS.ACK.");
        assertThat(headers).containsKey("Harmless");
    }

    @Test
    void takesTheSameSignalTwiceWithoutASecondRecord() throws Exception {
        publish(trigger());
        awaitAcknowledged();
        var id = work.ids().get(0);
        var generation = store.get(id).generation();

        publish(trigger());

        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.get(id).generation()).isEqualTo(generation);
    }
}
