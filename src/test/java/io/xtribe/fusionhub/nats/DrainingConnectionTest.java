package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DrainingConnectionTest {

    /** It listens for a while yet: what it hands back must not come to it again at once, over and over. */
    @Test
    void handsBackWithAWaitWhenTheHubEnds() throws Exception {
        try (var nats = NatsServer.start();
                var connection = nats.connect()) {
            var management = connection.jetStreamManagement();
            management.addStream(StreamConfiguration.builder()
                    .name("S")
                    .subjects("s")
                    .storageType(StorageType.Memory)
                    .build());
            management.addOrUpdateConsumer(
                    "S",
                    ConsumerConfiguration.builder()
                            .durable("c")
                            .deliverSubject("d")
                            .build());
            var handled = new AtomicInteger();
            DrainingConnection.of(connection, () -> true)
                    .createDispatcher(message -> handled.incrementAndGet())
                    .subscribe("d");
            connection.jetStream().publish("s", new byte[0]);

            await().atMost(Duration.ofSeconds(10)).until(() -> deliveries(management.getConsumerInfo("S", "c")) >= 2);
            await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(2)).until(() -> true);

            assertThat(deliveries(management.getConsumerInfo("S", "c"))).isLessThan(20);
            assertThat(handled.get()).isZero();
        }
    }

    private static long deliveries(io.nats.client.api.ConsumerInfo consumer) {
        return consumer.getDelivered().getConsumerSequence();
    }
}
