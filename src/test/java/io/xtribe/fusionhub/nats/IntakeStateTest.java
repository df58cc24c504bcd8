package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;

import io.nats.client.api.ConsumerConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a hub says of its intake when the consumer on a real server delivers, and when it does not; the clock is the test's. */
class IntakeStateTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    /** So many bytes of a message that two of them are more than a server lets through at once, whatever its limit. */
    private static final int LARGE = 600_000;

    private NatsServer server;
    private NatsLink nats;
    private Publisher publisher;
    private Acknowledgement acknowledgement;
    private IntakeState state;
    private Provisioning provisioning;
    private long clock;
    private int published;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        var settings = new NatsSettings(server.url());
        nats = new NatsLink(settings);
        nats.connect();
        provisioning = new Provisioning(nats, settings);
        provisioning.ensure();
        publisher = new Publisher(nats);
        acknowledgement = new Acknowledgement(nats, new UnfinishedDeliveries(nats));
        state = new IntakeState(provisioning, acknowledgement, () -> clock);
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
        server.close();
    }

    private void publish(int bytes) throws Exception {
        publisher.publish(
                Names.signals("datadog"),
                "id-" + ++published,
                Map.of(),
                "x".repeat(bytes).getBytes(StandardCharsets.UTF_8));
    }

    /** As the route does: with the group's name, so that the consumer is bound. */
    private void takeIn() {
        nats.connection()
                .createDispatcher(message -> acknowledgement.accept(message.getReplyTo()))
                .subscribe(Names.INTAKE_SUBJECT, Names.INTAKE_CONSUMER);
        await().atMost(SOON).until(() -> state.look().trouble().isEmpty());
    }

    private Optional<String> troubleAfter(Duration time) {
        clock += time.toNanos();
        return state.look().trouble();
    }

    /** As a server does whose deliveries hang: the consumer is bound, and after the first megabyte next to nothing comes. */
    private void hold() throws Exception {
        var management = nats.management();
        var now =
                management.getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER).getConsumerConfiguration();
        management.deleteConsumer(Names.SIGNALS, Names.INTAKE_CONSUMER);
        management.addOrUpdateConsumer(
                Names.SIGNALS, ConsumerConfiguration.builder(now).rateLimit(8L).build());
    }

    @Test
    void aConsumerThatDeliversToNobodyIsTrouble() {
        assertThat(state.look().trouble()).hasValue("its consumer delivers to no hub");
    }

    @Test
    void signalsThatWaitWhileNoneIsDeliveredAreTroubleThoughTheConsumerIsBound() throws Exception {
        takeIn();
        hold();
        for (var at = 0; at < 8; at++) {
            publish(LARGE);
        }
        await().atMost(SOON).until(() -> state.look().pending() > 0);
        state.look();

        assertThat(troubleAfter(Duration.ofSeconds(19))).isEmpty();
        assertThat(troubleAfter(Duration.ofSeconds(2))).hasValueSatisfying(what -> assertThat(what)
                .contains("wait in the stream and none was delivered for 21 s"));
        publish(LARGE);
        assertThat(troubleAfter(Duration.ofSeconds(5))).as("more come").isPresent();
    }

    /** A thousand wait, and what the hub holds is as much as it may; it is slow, and goes on. */
    @Test
    void aStormIsNoTroubleAndNeitherIsSilence() throws Exception {
        var held = new LinkedBlockingQueue<String>();
        nats.connection()
                .createDispatcher(message -> held.add(message.getReplyTo()))
                .subscribe(Names.INTAKE_SUBJECT, Names.INTAKE_CONSUMER);
        for (var at = 0; at < 1_000; at++) {
            publish(2);
        }
        await().atMost(SOON).until(() -> held.size() == 256);

        for (var look = 0; look < 20; look++) {
            for (var at = 0; at < 10; at++) {
                acknowledgement.accept(held.take());
            }
            assertThat(troubleAfter(Duration.ofSeconds(30))).as("look %d", look).isEmpty();
        }
        assertThat(state.look().pending()).isGreaterThan(500);

        for (var left = 1_000 - 200; left > 0; left--) {
            acknowledgement.accept(held.take());
        }
        await().atMost(SOON).until(() -> state.look().unacknowledged() == 0);
        assertThat(troubleAfter(Duration.ofHours(1))).isEmpty();
        assertThat(troubleAfter(Duration.ofHours(1))).isEmpty();
    }

    /** Probes may be minutes apart, and an hour of silence before a burst is no hour without an acknowledgement. */
    @Test
    void oneLookAtABurstAfterALongSilenceIsNoTrouble() throws Exception {
        var held = new LinkedBlockingQueue<String>();
        nats.connection()
                .createDispatcher(message -> held.add(message.getReplyTo()))
                .subscribe(Names.INTAKE_SUBJECT, Names.INTAKE_CONSUMER);
        await().atMost(SOON).until(() -> state.look().trouble().isEmpty());
        var neverAcknowledged = new Acknowledgement(nats, new UnfinishedDeliveries(nats)) {
            @Override
            public Duration idle() {
                return Duration.ofNanos(clock);
            }
        };
        var idleSinceStart = new IntakeState(provisioning, neverAcknowledged, () -> clock);
        idleSinceStart.look();
        for (var at = 0; at < 300; at++) {
            publish(2);
        }
        await().atMost(SOON).until(() -> held.size() == 256);

        clock += Duration.ofHours(1).toNanos();
        assertThat(idleSinceStart.look().trouble()).isEmpty();
        clock += Duration.ofSeconds(21).toNanos();
        assertThat(idleSinceStart.look().trouble())
                .hasValueSatisfying(what -> assertThat(what).contains("none was acknowledged for 21 s"));
    }

    @Test
    void whatNatsDoesNotTellIsNoNumber() throws Exception {
        takeIn();
        server.close();

        await().atMost(SOON).until(() -> state.look().trouble().isPresent());
        assertThat(state.look().pending()).isNaN();
    }
}
