package io.xtribe.fusionhub.nats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

import io.nats.client.api.ServerInfo;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.nats.ServerCheck.Problem;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** Against a real server. */
class ServerCheckTest {

    @FunctionalInterface
    private interface Look {
        void at(NatsLink link, ServerCheck check) throws Exception;
    }

    private static void with(String settings, int replicas, Look look) throws Exception {
        try (var nats = NatsServer.start(settings)) {
            var config = config(nats.url(), replicas);
            var link = new NatsLink(config);
            link.connect();
            try {
                look.at(link, new ServerCheck(link, config));
            } finally {
                link.close();
            }
        }
    }

    private static FusionConfig.Nats config(String url, int replicas) throws Exception {
        var settings = new Properties();
        try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            settings.load(file);
        }
        settings.setProperty("fusion.nats.url", url);
        settings.setProperty("fusion.nats.replicas", String.valueOf(replicas));
        return TestConfig.of(settings).nats();
    }

    /** Beside what is true of every server of these tests: it asks for no credentials. */
    private static List<Problem> errors(ServerCheck check) {
        return check.problems().stream().filter(Problem::isError).toList();
    }

    @Test
    void whatTheHubMakesItselfIsInOrderAndAServerWithoutLoginIsARisk() throws Exception {
        with("", 1, (link, check) -> {
            new Provisioning(link, config("nats://unused", 1)).ensure();

            assertThat(check.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.isError()).isFalse();
                assertThat(problem.text()).contains("credentials");
            });
        });
    }

    @Test
    void aSmallPayloadIsAnError() throws Exception {
        with("max_payload: 262144\n", 1, (link, check) -> assertThat(errors(check))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.text()).contains("256 KB");
                    assertThat(problem.remedy()).contains("max_payload");
                }));
    }

    @Test
    void aStreamThatKeepsTooLittleIsTold() throws Exception {
        with("", 3, (link, check) -> {
            link.management()
                    .addStream(StreamConfiguration.builder()
                            .name(Names.SIGNALS)
                            .subjects(Names.signals(">"))
                            .storageType(StorageType.Memory)
                            .maxAge(3_600_000)
                            .build());

            assertThat(errors(check).stream().map(Problem::text))
                    .containsExactly(
                            Names.SIGNALS + " is kept in memory: a restart of the server loses it",
                            Names.SIGNALS + " keeps messages for 1h, less than 168h",
                            Names.SIGNALS + " has 1 of 3 replicas");
        });
    }

    @ParameterizedTest
    @CsvSource({"2.9.10, one, 1", "2.9.20, one, 1", "2.9.21, one, 0", "2.14.2, one, 0", "2.9.10, , 0"})
    void aClusterOfOldServersIsAnError(String version, String cluster, int errors) {
        var info = new ServerInfo(
                "{\"server_id\":\"S\",\"version\":\"%s\",\"max_payload\":1048576,\"auth_required\":true%s}"
                        .formatted(version, cluster == null ? "" : ",\"cluster\":\"" + cluster + "\""));

        assertThat(ServerCheck.ofServer(info)).hasSize(errors).allMatch(Problem::isError);
    }
}
