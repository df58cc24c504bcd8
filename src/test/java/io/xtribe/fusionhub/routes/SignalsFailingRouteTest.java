package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A signal whose handling fails comes again, and is buried in the end; what is not its own fault buries none. */
class SignalsFailingRouteTest extends SignalsIntakeFixture {

    private static byte[] titled(String title) throws Exception {
        var data = (ObjectNode) JSON.readTree(Webhooks.fresh("datadog/monitor-triggered-p1"));
        var unique = title + UUID.randomUUID();
        data.put("alert_title", title).put("alert_cycle_key", unique).put("alert_scope", unique);
        return envelope("datadog", data);
    }

    private void redeliverAfter(Duration wait) throws Exception {
        management()
                .addOrUpdateConsumer(
                        Names.SIGNALS,
                        ConsumerConfiguration.builder(intake().getConsumerConfiguration())
                                .ackWait(wait)
                                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fails by a bug", "fails by an error", "fails by linkage"})
    void buriesWhatFailsUnexpectedlyAfterAFewDeliveries(String title) throws Exception {
        publish(titled(title));

        await().atMost(SOON.multipliedBy(3)).until(() -> intake().getAckFloor().getStreamSequence() == 1);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("class").asText()).isEqualTo("unexpected");
            assertThat(letter.path("deliveries").asInt()).isEqualTo(3);
            assertThat(letter.path("sequence").asInt()).isEqualTo(1);
            assertThat(letter.path("source").asText()).isEqualTo("datadog");
            assertThat(letter.path("reason").asText())
                    .startsWith("an unexpected ")
                    .doesNotContain("Control line");
        });
        assertThat(metrics.get("fusion.signals.redelivered")
                        .tag("source", "datadog")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(store.size()).isZero();
    }

    /** What came before may have been NATS, the store, or hubs that stopped: nothing of which the signal is the cause. */
    @Test
    void countsItsOwnFailuresAndNotTheDeliveriesBeforeThem() throws Exception {
        redeliverAfter(Duration.ofMillis(300));
        publish(titled("fails late"));

        await().atMost(SOON.multipliedBy(4)).until(() -> intake().getAckFloor().getStreamSequence() == 1);

        assertThat(letters())
                .singleElement()
                .extracting(letter -> letter.path("deliveries").asInt())
                .isEqualTo(9);
    }

    @Test
    void buriesASignalThatNoDeliverySurvived() throws Exception {
        redeliverAfter(Duration.ofMillis(300));
        publish(titled("kills the hub"));
        publish(titled("a good one"));

        await().atMost(SOON.multipliedBy(4)).until(() -> intake().getAckFloor().getStreamSequence() == 2);
        assertThat(store.size()).isEqualTo(1);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("class").asText()).isEqualTo("unexpected");
            assertThat(letter.path("deliveries").asInt()).isEqualTo(10);
            assertThat(letter.path("reason").asText()).contains("9 deliveries had no outcome");
        });
        assertThat(link.bucket(Names.REFS_BUCKET).keys()).isEmpty();
    }

    @Test
    void doesNotBuryWhatComesAgainBecauseTheStoreIsAway() throws Exception {
        redeliverAfter(Duration.ofMillis(300));
        store.setAway(true);
        publish(trigger());
        // More deliveries than a signal survives that the hub dies of.
        await().atMost(SOON.multipliedBy(8)).until(() -> redelivered() > 11);
        assertThat(letters()).isEmpty();

        store.setAway(false);
        awaitAcknowledged();
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void paysNoHeedToPoisonThatFillsTheWindowOfTheConsumer() throws Exception {
        for (var number = 0; number < 300; number++) {
            publish(titled(number % 2 == 0 ? "fails by a bug" : "fails by an error"));
        }
        publish(titled("a good one"));

        await().atMost(SOON.multipliedBy(8)).until(() -> intake().getAckFloor().getStreamSequence() == 301);
        assertThat(store.size()).isEqualTo(1);
        assertThat(letters()).hasSize(300);
        assertThat(metrics.get("fusion.dead.letters")
                        .tag("class", "unexpected")
                        .counter()
                        .count())
                .isEqualTo(300);
    }

    @Test
    void keepsTheSignalWithNatsWhileItsDeadLetterCannotBeStored() throws Exception {
        var letters = management().getStreamInfo(Names.DEAD_LETTERS).getConfiguration();
        management().deleteStream(Names.DEAD_LETTERS);
        publish("not JSON".getBytes(StandardCharsets.UTF_8));
        await().atMost(SOON).until(() -> redelivered() > 0);
        assertThat(intake().getAckFloor().getStreamSequence()).isZero();

        management().addStream(letters);
        await().atMost(SOON.multipliedBy(4)).until(() -> intake().getAckFloor().getStreamSequence() == 1);
        assertThat(letters()).hasSize(1);
    }

    @Test
    void storesALetterWithoutItsBodyWhereTheStreamTakesNoneOfThatSize() throws Exception {
        var letters = management().getStreamInfo(Names.DEAD_LETTERS).getConfiguration();
        management()
                .updateStream(StreamConfiguration.builder(letters)
                        .maximumMessageSize(2_000)
                        .build());

        publish(("{\"specversion\":\"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.UTF_8));

        awaitAcknowledged();
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.path("bodyTruncated").asBoolean()).isTrue();
            assertThat(letter.path("bodyBytes").asInt()).isGreaterThan(100_000);
            assertThat(letter.path("bodyBase64").asText()).isEmpty();
        });
    }
}
