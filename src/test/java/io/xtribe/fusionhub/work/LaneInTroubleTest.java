package io.xtribe.fusionhub.work;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A new incident stays in the lane of new incidents when NATS fails while its lease is taken, returned or in use: in the
 * lane of what catches up, it would wait for free permits behind everything else.
 */
class LaneInTroubleTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static NatsServer server;
    private static NatsLink nats;

    private final String id = "fx-" + UUID.randomUUID().toString().replace("-", "");
    private final String hub = "hub-" + UUID.randomUUID();
    private final FailingWorkSet work = new FailingWorkSet(nats, hub);
    private final WorkQueue queue = new WorkQueue(work, hub, withdrawn -> {});

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

    /** Another hub has stored it, and the watch of this one finds it free to take. */
    @BeforeEach
    void markedElsewhere() throws IOException, InterruptedException {
        new WorkSet(nats, "another hub", Duration.ofSeconds(30)).mark(id, WorkLane.P1_TRIGGER);
        queue.watch();
    }

    /** Also after a failure: the queue of the next test would find it. */
    @AfterEach
    void remove() throws IOException, JetStreamApiException {
        nats.connection().keyValue(Names.WORK_BUCKET).delete(id);
    }

    @Test
    void isKeptWhenTheLeaseCannotBeTaken() throws InterruptedException {
        work.isAway = true;
        assertThat(next()).isEmpty();

        work.isAway = false;
        assertIsNext();
    }

    @Test
    void isKeptWhenTakingTheLeaseFailsUnexpectedly() throws InterruptedException {
        work.isBroken = true;
        assertThatThrownBy(() -> next()).isInstanceOf(IllegalStateException.class);

        work.isBroken = false;
        assertIsNext();
    }

    @Test
    void isKeptWhenTheLeaseCannotBeReturned() throws InterruptedException {
        var lease = next().orElseThrow();

        work.isAway = true;
        queue.returned(lease);

        work.isAway = false;
        assertIsNext();
    }

    @Test
    void isKeptWhenThePassIsCutShort() throws InterruptedException {
        var lease = next().orElseThrow();

        queue.done(lease, new StoreUnavailableException("cut short", null));

        assertIsNext();
    }

    /** A platform can be called for it again: what is due much later need not wait for that. */
    @Test
    void isStillTakenBeforeItIsDue() throws InterruptedException {
        // Given
        var lease = next().orElseThrow();
        work.release(lease, Duration.ofHours(1), 0, WorkLane.P1_TRIGGER);
        queue.done(lease, null);

        // When
        queue.wakeNow(id, WorkLane.P1_TRIGGER);
        work.isAway = true;
        assertThat(next()).isEmpty();

        // Then
        work.isAway = false;
        assertIsNext();
    }

    private void assertIsNext() throws InterruptedException {
        assertThat(next()).map(Lease::id).contains(id);
    }

    /** As the consumer asks while only the permits for new incidents are free. */
    private Optional<Lease> next() throws InterruptedException {
        return queue.next(SOON, () -> WorkLane.P1_TRIGGER);
    }

    private static final class FailingWorkSet extends WorkSet {
        private volatile boolean isAway;
        private volatile boolean isBroken;

        FailingWorkSet(NatsLink nats, String hub) {
            super(nats, hub, Duration.ofSeconds(30));
        }

        @Override
        Optional<Lease> take(String id, boolean early) {
            check();
            return super.take(id, early);
        }

        @Override
        boolean isHeldHere(String id) {
            check();
            return super.isHeldHere(id);
        }

        private void check() {
            if (isAway) {
                throw new StoreUnavailableException("NATS is away", null);
            }
            if (isBroken) {
                throw new IllegalStateException("thrown on purpose");
            }
        }
    }
}
