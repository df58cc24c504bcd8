package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.github.dockerjava.api.model.Capability;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.ImageFromDockerfile;

import io.xtribe.fusionhub.lab.sandbox.Sandbox;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.testing.DockerEngine;
import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.Ports;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The image of the Dockerfile, with the application as {@code ./mvnw package} has left it and the settings of compose.yaml. On
 * the host's network, so that the test's own NATS server and sandbox are reached; base images are the properties below.
 */
class ContainerImageIT {

    private static final String RUN_IMAGE = System.getProperty("fusion.image.run", "eclipse-temurin:25-jre");
    private static final String NATS_IMAGE = System.getProperty("fusion.nats.image", "nats:2-alpine");
    private static final Duration BUILD_AND_START = Duration.ofMinutes(3);
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private final int http = Ports.free();
    private final int management = Ports.free();

    @Test
    void opensAPagedAndLinkedIncident() throws IOException {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "containers are on the host's network only on Linux");
        for (var image : new String[] {RUN_IMAGE, NATS_IMAGE}) {
            DockerEngine.obstacleTo(image).ifPresent(reason -> assumeTrue(false, reason));
        }
        try (var nats = NatsServer.start();
                var sandbox =
                        Sandbox.start(SandboxOptions.defaults().withHub("http://127.0.0.1:" + http + "/webhooks"));
                var hub = container(settings(nats, sandbox))) {
            hub.start();
            await().atMost(BUILD_AND_START).untilAsserted(() -> assertThat(hub.isRunning() && isReady())
                    .withFailMessage(hub::getLogs)
                    .isTrue());

            new SandboxClient(sandbox.url()).datadogAlert("P1", "seen from a container");

            await().atMost(SETTLED).until(() -> incident().hasNonNull("linkedAt"));
            assertThat(incident().path("title").asText()).isEqualTo("seen from a container");
            assertThat(incident().hasNonNull("pagedAt")).isTrue();
            assertIsConfined(hub);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static GenericContainer<?> container(Map<String, String> settings) {
        var image = new ImageFromDockerfile(
                        "fusion-hub-test:" + ProcessHandle.current().pid())
                .withDockerfile(Path.of("Dockerfile").toAbsolutePath())
                .withBuildArg("BUILD_IMAGE", RUN_IMAGE)
                .withBuildArg("RUN_IMAGE", RUN_IMAGE)
                .withBuildArg("NATS_IMAGE", NATS_IMAGE)
                .withBuildArg("APPLICATION", "packaged")
                .withBuildImageCmdModifier(build -> build.withNetworkMode("host"));
        return new GenericContainer<>(image)
                .withNetworkMode("host")
                .withEnv(settings)
                .withTmpFs(Map.of("/tmp", "rw"))
                .withCreateContainerCmdModifier(create ->
                        create.getHostConfig().withReadonlyRootfs(true).withCapDrop(Capability.ALL));
    }

    /** Those of compose.yaml, at the addresses of this test. A cache that does not fit ends the start. */
    private Map<String, String> settings(NatsServer nats, Sandbox sandbox) throws IOException {
        var settings = new LinkedHashMap<String, String>();
        JsonNode declared = YAML.readTree(Path.of("compose.yaml").toFile()).at("/services/hub/environment");
        declared.properties()
                .forEach(one -> settings.put(
                        one.getKey(),
                        one.getValue()
                                .asText()
                                .replace("nats://nats:4222", nats.url())
                                .replace("http://sandbox:9400", sandbox.url())));
        settings.remove("FUSION_CATALOGUE");
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(http));
        settings.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        settings.put("FUSION_JAVA_OPTS", "-XX:+UseSerialGC -Xmx208m -XX:AOTMode=on");
        return settings;
    }

    private boolean isReady() {
        try {
            return Http.get("http://127.0.0.1:" + management + "/q/health/ready")
                            .statusCode()
                    == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    private JsonNode incident() {
        return Http.json(Http.get("http://127.0.0.1:" + http + "/api/incidents").body())
                .path(0);
    }

    private static void assertIsConfined(GenericContainer<?> hub) throws IOException, InterruptedException {
        assertThat(hub.execInContainer("id", "-u").getStdout().strip()).isEqualTo("10001");
        assertThat(hub.execInContainer("touch", "/opt/fusion/x").getExitCode()).isNotZero();
    }
}
