package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.HubMembers;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.NatsSettings;
import io.xtribe.fusionhub.testing.TestConfig;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Hubs that know of each other by a real NATS server share one limit. */
class StormBrakeTest {

    private static final int LIMIT = 40;

    private NatsServer server;
    private NatsLink nats;
    private HubMembers one;
    private HubMembers other;

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        nats = new NatsLink(new NatsSettings(server.url()));
        nats.connect();
        one = new HubMembers(nats, new HubId());
        other = new HubMembers(nats, new HubId());
    }

    @AfterEach
    void stop() throws Exception {
        nats.close();
        server.close();
    }

    private static StormBrake brake(HubMembers members) throws IOException {
        var properties = new Properties();
        try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        properties.setProperty("fusion.triggers.per-minute", Integer.toString(LIMIT));
        var empty = new IncidentIndex(null, new AttemptClock(Duration.ZERO)) {
            @Override
            public Collection<Row> rows() {
                return List.of();
            }

            @Override
            public boolean isComplete() {
                return true;
            }
        };
        return new StormBrake(empty, members, TestConfig.of(properties));
    }

    private static long opened(Brake brake, String hub, Priority priority) {
        return IntStream.range(0, 3 * LIMIT)
                .filter(number ->
                        brake.hold("datadog", hub + priority + number, priority).isEmpty())
                .count();
    }

    @Test
    void twoHubsOpenTheLimitTogether() throws Exception {
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            one.beat();
            other.beat();
            return one.live() == 2 && other.live() == 2;
        });

        assertThat(opened(brake(one), "one", Priority.P2) + opened(brake(other), "other", Priority.P2))
                .isEqualTo(LIMIT);
        assertThat(opened(brake(one), "one", Priority.P1) + opened(brake(other), "other", Priority.P1))
                .isEqualTo(LIMIT);
    }

    @Test
    void oneThatIsAloneOpensAllOfIt() throws Exception {
        assertThat(opened(brake(one), "one", Priority.P2)).isEqualTo(LIMIT);
    }
}
