package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.UUID;

import io.nats.client.api.KeyValueConfiguration;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.KvIncidentStore;
import io.xtribe.fusionhub.nats.KvReferenceStore;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Without NATS every store says that it is away, and the queue keeps what is due for later. */
class WorkWithoutNatsTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final String id = "fx-" + UUID.randomUUID().toString().replace("-", "");

    @Test
    void saysThatTheStoreIsAwayBeforeItIsConnected() throws InterruptedException {
        // Given
        var away = new NatsLink(new NatsSettings("nats://127.0.0.1:1"));

        // Then
        failsAsUnavailable(away);
    }

    @Test
    void saysThatTheStoreIsAwayWhenTheServerDied() throws Exception {
        // Given
        try (var dying = NatsServer.start()) {
            var link = new NatsLink(new NatsSettings(dying.url()));
            link.connect();
            link.connection()
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder()
                            .name(Names.WORK_BUCKET)
                            .build());
            new WorkSet(link, "hub-a", LEASE).mark(id, WorkLane.FOLLOW_UP);

            // When
            dying.kill();
            await().atMost(Duration.ofSeconds(10)).until(() -> !link.isConnected());

            // Then
            failsAsUnavailable(link);
            link.close();
        }
    }

    private void failsAsUnavailable(NatsLink away) throws InterruptedException {
        var work = new WorkSet(away, "hub-a", LEASE);
        var queue = new WorkQueue(work, "hub-a", withdrawn -> {});
        queue.wake(id, WorkLane.FOLLOW_UP);
        assertThat(queue.next(Duration.ofSeconds(1), () -> WorkLane.FOLLOW_UP)).isEmpty();
        assertThat(queue.inFlight()).isZero();
        assertThat(queue.waiting()).isEqualTo(1);
        assertThatThrownBy(work::ids).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> work.mark(id, WorkLane.FOLLOW_UP)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> work.take(id)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> work.waitFor(id)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> new KvIncidentStore(away).find(id)).isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> new KvIncidentStore(away).create(Samples.newIncident()))
                .isInstanceOf(StoreUnavailableException.class);
        var references = new KvReferenceStore(away);
        assertThatThrownBy(() -> references.find("datadog", "case", "c1"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> references.claim("datadog", "case", "c1", id))
                .isInstanceOf(StoreUnavailableException.class);
    }
}
