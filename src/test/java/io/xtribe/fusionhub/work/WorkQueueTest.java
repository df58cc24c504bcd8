package io.xtribe.fusionhub.work;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A hub that stops keeps no lease, whatever happened to the entry since it was taken; on a real server. */
class WorkQueueTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static NatsServer server;
    private static NatsLink nats;

    private final String id = "fx-" + UUID.randomUUID().toString().replace("-", "");
    private final WorkSet ours = new WorkSet(nats, "hub-a", Duration.ofSeconds(30));
    private final WorkSet theirs = new WorkSet(nats, "hub-b", Duration.ofSeconds(30));
    private final List<String> withdrawn = new CopyOnWriteArrayList<>();
    private final WorkQueue queue = new WorkQueue(ours, "hub-a", withdrawn::add);

    @BeforeAll
    static void start() throws IOException, InterruptedException, JetStreamApiException {
        server = NatsServer.start();
        nats = new NatsLink(new NatsSettings(server.url()));
        nats.connect();
        nats.connection()
                .keyValueManagement()
                .create(KeyValueConfiguration.builder().name(Names.WORK_BUCKET).build());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nats.close();
        server.close();
    }

    @BeforeEach
    void watch() throws IOException, InterruptedException {
        queue.watch();
    }

    private Lease next() throws InterruptedException {
        return queue.next(SOON, () -> WorkLane.FOLLOW_UP).orElseThrow();
    }

    private Lease pass() throws InterruptedException {
        queue.enter(ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow());
        return next();
    }

    @Test
    void handsBackWhatWasMarkedDuringAPassThatEndsAfterTheQueueWasClosed() throws InterruptedException {
        // Given
        var lease = pass();
        theirs.mark(id, WorkLane.FOLLOW_UP);

        // When
        queue.close();
        assertThat(theirs.take(id)).as("while the pass is under way").isEmpty();
        assertThat(ours.finish(lease)).isFalse();
        queue.wake(id, WorkLane.FOLLOW_UP);
        queue.done(lease, null);

        // Then
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void handsBackWhatWasMarkedDuringAPassThatEndedBefore() throws InterruptedException {
        // Given
        var lease = pass();
        theirs.mark(id, WorkLane.FOLLOW_UP);
        assertThat(ours.release(lease, Duration.ZERO, 0, WorkLane.FOLLOW_UP)).isFalse();
        queue.wake(id, WorkLane.FOLLOW_UP);
        queue.done(lease, null);

        // When
        awaitWatched();
        queue.close();

        // Then
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void handsBackWhatTheStoreCutShort() throws InterruptedException {
        // Given
        var lease = pass();
        queue.done(lease, new StoreUnavailableException("cut short", null));

        // When
        awaitWatched();
        queue.close();

        // Then
        assertThat(withdrawn).containsExactly(id);
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void handsBackATriggerThatWasMarkedBeforeItsPass() {
        // Given
        queue.enter(ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow());
        theirs.mark(id, WorkLane.FOLLOW_UP);

        // When
        queue.close();

        // Then
        assertThat(withdrawn).containsExactly(id);
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void handsBackNothingThatItGaveBackItself() throws InterruptedException {
        // Given
        var lease = pass();
        ours.release(lease, Duration.ofHours(1), 0, WorkLane.FOLLOW_UP);

        // When
        queue.close();
        queue.done(lease, null);

        // Then
        assertThat(withdrawn).isEmpty();
        assertThat(theirs.take(id)).as("it still waits for its time").isEmpty();
    }

    @Test
    void handsTheMostUrgentBackFirst() {
        // Given
        var lanes = new LinkedHashMap<String, WorkLane>();
        for (var lane : List.of(WorkLane.FOLLOW_UP, WorkLane.TRIGGER, WorkLane.P1_TRIGGER)) {
            for (var i = 0; i < 30; i++) {
                lanes.put(lane + "-" + i, lane);
            }
        }
        var order = Collections.synchronizedList(new ArrayList<String>());

        // When
        HandBack.inOrder(lanes, order::add);

        // Then
        assertThat(order).hasSize(90);
        // Eight are under way at once, so that a later one may overtake seven.
        assertThat(order.subList(0, 23)).allMatch(one -> one.startsWith("P1"));
        assertThat(order.subList(0, 53)).noneMatch(one -> one.startsWith("FOLLOW_UP"));
    }

    /** By then the queue knows from its watch that the entry is this hub's. */
    private void awaitWatched() {
        await().atMost(SOON).until(() -> queue.holds(id));
    }
}
