package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A platform that the hub knows only from a mounted folder: src/test/resources/platforms/opsdesk. */
class FurtherPlatformIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final Path FOLDER = Path.of("src/test/resources/platforms").toAbsolutePath();

    private Rig rig;
    private OpsDesk desk;

    @BeforeEach
    void start() {
        rig = Rig.start("FurtherPlatformIT");
        desk = new OpsDesk();
    }

    @AfterEach
    void stop() {
        desk.close();
        rig.close();
    }

    private HubProcess.Builder hub() {
        return rig.hub()
                .env("FUSION_PLATFORMS", "datadog,servicenow,pagerduty,opsdesk")
                .env("FUSION_PLATFORMS_PATH", FOLDER.toString())
                .env("FUSION_OPSDESK_URL", desk.url())
                .env("FUSION_OPSDESK_TOKEN", OpsDesk.TOKEN)
                .env("FUSION_OPSDESK_TIMEOUT", "1s")
                .env("FUSION_OPSDESK_SETTLE", "1s");
    }

    private JsonNode ticket() {
        return desk.tickets().get(0);
    }

    @Test
    void isOpenedLinkedAndUpdatedFromItsFolderAlone() {
        try (HubProcess hub = hub().start()) {
            hub.awaitReady();
            rig.webhooksTo(hub);

            rig.publish("checkout is down");
            rig.awaitSettled(List.of("checkout is down"), SETTLED);

            assertThat(desk.tickets()).hasSize(1);
            String id = rig.incidents().get("checkout is down").path("id").asText();
            assertThat(ticket().path("externalKey").asText()).isEqualTo(id);
            assertThat(ticket().path("level").asText()).isEqualTo("1");
            assertThat(ticket().path("links").findValuesAsText("name"))
                    .containsExactlyInAnyOrder("datadog", "pagerduty", "servicenow");
            assertThat(rig.platforms().records().toString()).contains(desk.url() + "/tickets/1");

            // When the page is acknowledged
            String page = rig.incidents()
                    .get("checkout is down")
                    .at("/platforms/pagerduty/incident/reference/id")
                    .asText();
            rig.platforms().changePagerDutyIncident(page, Map.of("status", "acknowledged"));
            await().atMost(SETTLED).until(() -> ticket().path("state").asText().equals("working"));
        }
    }

    @Test
    void isFoundAgainAfterALostAnswer() {
        try (HubProcess hub = hub().start()) {
            hub.awaitReady();
            desk.loseNextAnswer();

            rig.publish("the answer is lost");
            rig.awaitSettled(List.of("the answer is lost"), SETTLED);

            assertThat(desk.tickets()).hasSize(1);
            assertThat(desk.calls()).contains("GET /api/tickets");
            assertThat(desk.calls()).filteredOn("POST /api/tickets"::equals).hasSize(1);
        }
    }

    @Test
    void takesNoPartWithABrokenFolderAndTheOthersPage(@TempDir Path mounted) throws IOException {
        copy(FOLDER.resolve("opsdesk"), mounted.resolve("opsdesk"));
        Path mapping = mounted.resolve("opsdesk/open.jq");
        Files.writeString(mapping, Files.readString(mapping).replace("state:", "state"));
        try (HubProcess hub =
                hub().env("FUSION_PLATFORMS_PATH", mounted.toString()).start()) {
            hub.awaitReady();

            rig.publish("paged all the same");
            rig.awaitSettled(List.of("paged all the same"), SETTLED);

            assertThat(desk.calls()).isEmpty();
            assertThat(rig.calls("pagerduty", "create-incident")).isEqualTo(1);
            assertThat(hub.log())
                    .contains(
                            "The mounted folder of the platform opsdesk cannot be used, so the platform takes no part")
                    .contains("opsdesk/open.jq, line 3");
            assertThat(hub.metric("fusion_platform_folders_broken")).hasValue(1);
        }
    }

    @Test
    void isReplacedByTheBuiltInPlatformOfItsName(@TempDir Path mounted) throws IOException {
        copy(Path.of("src/main/resources/routes/platforms/pagerduty"), mounted.resolve("pagerduty"));
        Path descriptor = mounted.resolve("pagerduty/platform.yaml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("records:", "recods:"));
        try (HubProcess hub =
                rig.hub().env("FUSION_PLATFORMS_PATH", mounted.toString()).start()) {
            hub.awaitReady();

            rig.publish("paged by the built-in one");
            rig.awaitSettled(List.of("paged by the built-in one"), SETTLED);

            rig.assertLinkedOnce(List.of("paged by the built-in one"));
            assertThat(hub.log()).contains("platform pagerduty cannot be used, so the built-in one is used instead");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
