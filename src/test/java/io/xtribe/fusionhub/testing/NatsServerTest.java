package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NatsServerTest {

    @Test
    void keepsItsDataAcrossStopKillAndRestart() throws Exception {
        try (NatsServer server = NatsServer.start()) {
            int port = server.port();
            put(server, "a", "1");

            server.stop();
            assertThatThrownBy(server::connect).hasRootCauseInstanceOf(IOException.class);
            server.restart();
            put(server, "b", "2");

            server.kill();
            assertThatThrownBy(server::connect).hasRootCauseInstanceOf(IOException.class);
            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(get(server, "a")).isEqualTo("1");
            assertThat(get(server, "b")).isEqualTo("2");
        }
    }

    @Test
    void leavesNothingBehindWhenClosed() throws Exception {
        NatsServer server = NatsServer.start();
        put(server, "a", "1");
        assertThat(Ports.isFree(server.port())).isFalse();

        server.close();

        assertThat(Ports.isFree(server.port())).isTrue();
        assertThat(server.leavesSomething()).isFalse();
    }

    @Test
    void serversDoNotShareData() throws Exception {
        try (NatsServer one = NatsServer.start();
                NatsServer other = NatsServer.start()) {
            put(one, "a", "1");
            put(other, "b", "2");

            assertThat(get(one, "b")).isNull();
            assertThat(get(other, "a")).isNull();
        }
    }

    private static void put(NatsServer server, String key, String value) throws Exception {
        try (Connection connection = server.connect()) {
            bucket(connection).put(key, value);
        }
    }

    private static String get(NatsServer server, String key) throws Exception {
        try (Connection connection = server.connect()) {
            var entry = bucket(connection).get(key);
            return entry == null ? null : new String(entry.getValue(), StandardCharsets.UTF_8);
        }
    }

    private static KeyValue bucket(Connection connection) throws IOException, JetStreamApiException {
        if (!connection.keyValueManagement().getBucketNames().contains("trial")) {
            connection
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder("trial")
                            .storageType(StorageType.File)
                            .build());
        }
        return connection.keyValue("trial");
    }
}
