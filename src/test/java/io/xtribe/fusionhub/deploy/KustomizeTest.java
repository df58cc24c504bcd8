package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.lab.local.Installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What kustomize makes of the overlays, where kubectl or kustomize is on the PATH. */
class KustomizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k8s/base",
                "k8s/overlays/sandbox",
                "k8s/overlays/sandbox-confined",
                "k8s/overlays/sandbox-three-nats",
                "k8s/overlays/production",
                "k8s/overlays/production/argo",
                "argo"
            })
    void buildsObjectsThatAreReadStrictly(String folder) throws IOException, InterruptedException {
        var objects = built(folder);

        assertThat(objects).isNotEmpty().allSatisfy(object -> {
            assertThat(StrictTypes.problems(object.json())).as(object.title()).isEmpty();
            if (!object.kind().equals("Namespace")) {
                assertThat(object.json().at("/metadata/namespace").asText())
                        .as(object.title())
                        .isEqualTo("fusion");
            }
        });
        // Each container of ours has a tag, wherever the overlay got it from.
        assertThat(objects.stream()
                        .flatMap(object -> object.json().findValuesAsText("image").stream())
                        .filter(image -> image.contains("fusion-hub")))
                .allSatisfy(image -> assertThat(image)
                        .isEqualTo(
                                folder.contains("production")
                                        ? "registry.example.com/xtribe/fusion-hub:0.1.0"
                                        : "fusion-hub:0.1.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = "k8s/overlays/production")
    void leavesTheNumberOfHubsToKeda(String folder) throws IOException, InterruptedException {
        var objects = built(folder);

        assertThat(objects.stream().filter(object -> object.kind().equals("Deployment")))
                .singleElement()
                .satisfies(hub -> assertThat(hub.spec().has("replicas")).isFalse());
        assertThat(objects.stream().filter(object -> object.kind().equals("ScaledObject")))
                .singleElement()
                .satisfies(scaled -> assertThat(
                                scaled.spec().path("minReplicaCount").asInt())
                        .isEqualTo(3));
    }

    /** A session that one hub begins holds at the others. */
    @ParameterizedTest
    @ValueSource(strings = "k8s/overlays/production")
    void givesAllHubsTheUsersAndTheKeyOfTheirSessions(String folder) throws IOException, InterruptedException {
        var hub = built(folder).stream()
                .filter(object -> object.kind().equals("Deployment"))
                .findFirst()
                .orElseThrow()
                .spec()
                .at("/template/spec");

        var container = hub.at("/containers/0");
        assertThat(named(container.path("env"), "QUARKUS_HTTP_AUTH_SESSION_ENCRYPTION_KEY")
                        .at("/valueFrom/secretKeyRef/name")
                        .asText())
                .isEqualTo("fusion-hub-users");
        var file = Path.of(
                named(container.path("env"), "FUSION_USERS_FILE").path("value").asText());
        var mount = named(container.path("volumeMounts"), "users");
        assertThat(file.getParent()).hasToString(mount.path("mountPath").asText());
        assertThat(mount.has("subPath")).isFalse();
        var secret = named(hub.path("volumes"), "users").path("secret");
        assertThat(secret.path("secretName").asText()).isEqualTo("fusion-hub-users");
        assertThat(secret.at("/items/0/path").asText())
                .isEqualTo(file.getFileName().toString());
        // What the base has is there as before.
        assertThat(named(container.path("env"), "QUARKUS_MANAGEMENT_HOST")).isNotNull();
        assertThat(named(container.path("volumeMounts"), "routes")).isNotNull();
    }

    private static JsonNode named(JsonNode list, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(one -> one.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + list));
    }

    private static List<Manifest> built(String folder) throws IOException, InterruptedException {
        var command = Stream.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))
                .filter(one -> Installation.onPath(one.get(0)).isPresent())
                .findFirst();
        assumeTrue(command.isPresent(), "neither kustomize nor kubectl is on the PATH");
        var process = new ProcessBuilder(
                        Stream.concat(command.get().stream(), Stream.of(folder)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return Manifest.read(Path.of(folder), text);
    }
}
