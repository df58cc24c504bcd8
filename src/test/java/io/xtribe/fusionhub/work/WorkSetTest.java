package io.xtribe.fusionhub.work;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Leases and marks on a real server: what two hubs may do to one entry. */
class WorkSetTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static NatsServer server;
    private static NatsLink nats;

    private final String id = "fx-" + UUID.randomUUID().toString().replace("-", "");
    private final WorkSet ours = new WorkSet(nats, "hub-a", LEASE);
    private final WorkSet theirs = new WorkSet(nats, "hub-b", LEASE);

    @BeforeAll
    static void start() throws IOException, InterruptedException, JetStreamApiException {
        server = NatsServer.start();
        nats = new NatsLink(new NatsSettings(server.url()));
        nats.connect();
        nats.connection()
                .keyValueManagement()
                .create(KeyValueConfiguration.builder()
                        .name(Names.WORK_BUCKET)
                        .maxHistoryPerKey(1)
                        .storageType(StorageType.File)
                        .build());
    }

    @AfterAll
    static void stop() throws InterruptedException {
        nats.close();
        server.close();
    }

    @Test
    void leasesATriggerToTheHubThatStoredIt() {
        // When
        var lease = ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();

        // Then
        assertThat(lease.id()).isEqualTo(id);
        assertThat(lease.left()).isBetween(LEASE.minusSeconds(5), LEASE);
        assertThat(theirs.take(id)).isEmpty();
        assertThat(ours.ids()).contains(id);
    }

    @Test
    void makesATriggerDueThatWasEnteredAlready() throws Exception {
        // Given
        ours.enterTrigger(id, WorkLane.TRIGGER);
        var before = revision();

        // When
        var second = theirs.enterTrigger(id, WorkLane.TRIGGER);

        // Then
        assertThat(second).isEmpty();
        assertThat(revision()).isGreaterThan(before);
        assertThat(entry().owner()).isEqualTo("hub-a");
    }

    @Test
    void entersAMarkedIncidentThatNobodyOwns() throws Exception {
        // When
        ours.mark(id, WorkLane.FOLLOW_UP);

        // Then
        assertThat(entry().owner()).isEmpty();
        assertThat(entry().waitMillis()).isZero();
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void alwaysWritesAMarkAndKeepsTheOwner() throws Exception {
        // Given
        var lease = ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();

        for (int i = 0; i < 3; i++) {
            // When
            var before = revision();
            theirs.mark(id, WorkLane.FOLLOW_UP);

            // Then
            assertThat(revision()).isGreaterThan(before);
            assertThat(entry().owner()).isEqualTo("hub-a");
            assertThat(entry().leaseMillis()).isEqualTo(lease.entry().leaseMillis());
        }
    }

    /** The owner must not delete an entry that it has not looked at. */
    @Test
    void letsNobodyFinishReleaseOrExtendWhatWasMarkedMeanwhile() {
        // Given
        var lease = ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();

        // When
        theirs.mark(id, WorkLane.FOLLOW_UP);

        // Then
        assertThat(ours.finish(lease)).isFalse();
        assertThat(ours.release(lease, Duration.ZERO, 1, WorkLane.FOLLOW_UP)).isFalse();
        assertThat(ours.extend(lease)).isEmpty();
        var again = ours.take(id).orElseThrow();
        assertThat(ours.finish(again)).isTrue();
        assertThat(ours.waitFor(id)).isEmpty();
    }

    @Test
    void finishesWhatNobodyChanged() {
        // Given
        var lease = ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();

        // Then
        assertThat(ours.finish(lease)).isTrue();
        assertThat(ours.take(id)).isEmpty();
        assertThat(ours.ids()).doesNotContain(id);
        assertThat(ours.finish(lease)).isFalse();
    }

    @Test
    void entersAgainWhatWasFinished() {
        // Given
        ours.finish(ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow());

        // When
        theirs.mark(id, WorkLane.FOLLOW_UP);

        // Then
        assertThat(ours.take(id)).isPresent();
    }

    @Test
    void extendsALeaseForItsFullTime() {
        // Given
        var lease = ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();

        // When
        var extended = ours.extend(lease).orElseThrow();

        // Then
        assertThat(extended.revision()).isGreaterThan(lease.revision());
        assertThat(extended.takenAt()).isGreaterThanOrEqualTo(lease.takenAt());
        assertThat(ours.extend(lease)).isEmpty();
        assertThat(ours.finish(extended)).isTrue();
    }

    @Test
    void givesWorkBackDueLaterWithItsFailuresCounted() throws Exception {
        // Given
        var lease = ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();

        // When
        var released = ours.release(lease, Duration.ofHours(1), 4, WorkLane.FOLLOW_UP);

        // Then
        assertThat(released).isTrue();
        assertThat(entry().tries()).isEqualTo(4);
        assertThat(entry().owner()).isEmpty();
        assertThat(ours.take(id)).isEmpty();
        assertThat(theirs.take(id)).isEmpty();
        assertThat(ours.waitFor(id).orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
        assertThat(theirs.take(id, true)).isPresent();
    }

    @Test
    void makesWorkDueThatWaitsForItsTime() {
        // Given
        ours.release(ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow(), Duration.ofHours(1), 4, WorkLane.FOLLOW_UP);

        // When
        theirs.mark(id, WorkLane.FOLLOW_UP);

        // Then
        assertThat(theirs.take(id).orElseThrow().entry().tries()).isEqualTo(4);
    }

    @Test
    void letsOnlyOneOfTwoHubsTakeIt() {
        // Given
        ours.mark(id, WorkLane.FOLLOW_UP);

        // Then
        assertThat(ours.take(id)).isPresent();
        assertThat(theirs.take(id)).isEmpty();
        assertThat(theirs.take(id, true)).isEmpty();
    }

    /** No clocks are compared: the other hub's time begins when this one first sees its revision. */
    @Test
    void takesAForeignLeaseOnlyAfterItsFullTimeSinceItWasFirstSeen() {
        // Given
        var shortLived = new WorkSet(nats, "hub-c", SHORT);
        shortLived.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();
        var takenAt = System.nanoTime();

        // When
        assertThat(ours.take(id)).isEmpty();
        assertThat(ours.waitFor(id).orElseThrow()).isBetween(Duration.ofMillis(1), SHORT);

        // Then
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> ours.take(id).isPresent());
        assertThat(Duration.ofNanos(System.nanoTime() - takenAt)).isGreaterThanOrEqualTo(SHORT.minusMillis(5));
        // A hub that sees it for the first time now waits for the new owner's lease.
        assertThat(theirs.take(id)).isEmpty();
    }

    @Test
    void countsAForeignLeaseAnewWhenItWasExtended() {
        // Given
        var shortLived = new WorkSet(nats, "hub-c", Duration.ofSeconds(20));
        var lease = shortLived.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();
        assertThat(ours.take(id)).isEmpty();
        await().atMost(Duration.ofSeconds(5))
                .until(() -> ours.waitFor(id).orElseThrow().compareTo(Duration.ofMillis(19_300)) < 0);

        // When
        shortLived.extend(lease).orElseThrow();

        // Then
        assertThat(ours.waitFor(id).orElseThrow()).isGreaterThan(Duration.ofMillis(19_300));
    }

    /** Else a busy incident would never be taken over from a hub that died. */
    @Test
    void letsAForeignLeaseEndHoweverOftenItIsMarked() {
        // Given
        var shortLived = new WorkSet(nats, "hub-c", SHORT);
        shortLived.enterTrigger(id, WorkLane.TRIGGER).orElseThrow();
        assertThat(ours.take(id)).isEmpty();
        var seenAt = System.nanoTime();

        // Then
        await().atMost(Duration.ofSeconds(5))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    theirs.mark(id, WorkLane.FOLLOW_UP);
                    return ours.take(id).isPresent();
                });
        assertThat(Duration.ofNanos(System.nanoTime() - seenAt)).isGreaterThanOrEqualTo(SHORT.minusMillis(5));
    }

    @Test
    void letsAnybodyTakeWhatWasGivenBackNotBegun() throws Exception {
        // Given
        ours.enterTrigger(id, WorkLane.P1_TRIGGER);

        // When
        ours.handBack(id);

        // Then
        assertThat(entry().lane()).isEqualTo(WorkLane.P1_TRIGGER);
        assertThat(theirs.take(id)).isPresent();
    }

    /** The mark changes the revision that the lease was taken at. */
    @Test
    void handsBackWhatWasMarkedSinceItWasTaken() {
        // Given
        ours.enterTrigger(id, WorkLane.TRIGGER);
        theirs.mark(id, WorkLane.FOLLOW_UP);

        // When
        ours.handBack(id);

        // Then
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void leavesAForeignLeaseAloneWhenItHandsBack() throws Exception {
        // Given
        theirs.enterTrigger(id, WorkLane.TRIGGER);
        var before = revision();

        // When
        ours.handBack(id);

        // Then
        assertThat(revision()).isEqualTo(before);
        assertThat(ours.isHeldHere(id)).isFalse();
    }

    @Test
    void entersAMarkedIncidentInItsLane() throws Exception {
        // When
        ours.mark(id, WorkLane.P1_TRIGGER);

        // Then
        assertThat(entry().lane()).isEqualTo(WorkLane.P1_TRIGGER);
    }

    @Test
    void keepsTheMoreUrgentLaneOfAMarkedIncident() throws Exception {
        // Given
        ours.mark(id, WorkLane.TRIGGER);

        // Then
        theirs.mark(id, WorkLane.FOLLOW_UP);
        assertThat(entry().lane()).isEqualTo(WorkLane.TRIGGER);
        theirs.mark(id, WorkLane.P1_TRIGGER);
        assertThat(entry().lane()).isEqualTo(WorkLane.P1_TRIGGER);
    }

    @Test
    void doesNotPutWhatHasFailedBeforeNewTriggers() throws Exception {
        // Given
        ours.release(ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow(), Duration.ZERO, 1, WorkLane.FOLLOW_UP);

        // When
        theirs.mark(id, WorkLane.TRIGGER);

        // Then
        assertThat(entry().lane()).isEqualTo(WorkLane.FOLLOW_UP);
    }

    /** A hub that has just started cannot know how long the wait has lasted. */
    @Test
    void takesWaitsForOverAtItsStart() throws Exception {
        // Given
        ours.release(ours.enterTrigger(id, WorkLane.TRIGGER).orElseThrow(), Duration.ofHours(1), 4, WorkLane.FOLLOW_UP);

        // When
        assertThat(theirs.waitAtStart(id, ours.bucket().find(id).orElseThrow())).isZero();

        // Then
        assertThat(ours.take(id)).isEmpty();
        assertThat(theirs.take(id)).isPresent();
    }

    @Test
    void waitsForALeaseFromItsStartOn() throws Exception {
        // Given
        ours.enterTrigger(id, WorkLane.TRIGGER);

        // When
        var wait = theirs.waitAtStart(id, ours.bucket().find(id).orElseThrow());

        // Then
        assertThat(wait).isBetween(LEASE.minusSeconds(5), LEASE);
    }

    @Test
    void readsAnEntryOfTheVersionBefore() throws Exception {
        // Given
        ours.bucket()
                .create(id, "{\"due\":1700000000000,\"tries\":2,\"owner\":\"\",\"leaseMillis\":0}".getBytes(UTF_8));

        // Then
        var lease = ours.take(id).orElseThrow();
        assertThat(lease.entry().tries()).isEqualTo(2);
        assertThat(lease.entry().lane()).isEqualTo(WorkLane.FOLLOW_UP);
    }

    private long revision() throws IOException, JetStreamApiException {
        return ours.bucket().find(id).orElseThrow().revision();
    }

    private WorkEntry entry() throws IOException, JetStreamApiException {
        return IncidentJson.read(ours.bucket().find(id).orElseThrow().value(), WorkEntry.class);
    }
}
