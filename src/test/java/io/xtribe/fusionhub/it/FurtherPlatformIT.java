package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.Folders;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A platform that the hub knows only from a mounted folder: src/test/resources/platforms/opsdesk. */
class FurtherPlatformIT {
    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final String SECRET = "opsdesk-secret";
    private static final String NOW = Long.toString(Instant.now().getEpochSecond());
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

    /** The vendor's signature, the id of a delivery, the peek, and a column of the catalogue, all from the folder. */
    @Test
    void tellsItsOwnTicketsInItsOwnWay(@TempDir Path folder) throws Exception {
        Path catalogue = Files.writeString(folder.resolve("services.csv"), """
                service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook,opsdesk_board
                checkout,payments,1,,PCHECKOUT,,,tills
                """);
        try (HubProcess hub = hub().env("FUSION_WEBHOOKS_OPSDESK_SECRET", "older," + SECRET)
                .env("FUSION_TRIGGERS_SOURCES", "datadog.monitor,opsdesk")
                .env("FUSION_CATALOGUE", catalogue.toString())
                .start()) {
            hub.awaitReady();
            byte[] ticket = desk.logged("the tills are down", "1", "tills");

            assertThat(post(hub, ticket, signature("guessed", ticket))).isEqualTo(401);
            assertThat(post(hub, ticket, signature(SECRET, new byte[0]))).isEqualTo(401);
            assertThat(post(hub, ticket, signature(SECRET, ticket))).isEqualTo(202);
            rig.awaitSettled(List.of("the tills are down"), SETTLED);

            JsonNode incident = rig.incidents().get("the tills are down");
            assertThat(incident.at("/hints/service").asText()).isEqualTo("checkout");
            assertThat(incident.at("/hints/opsdeskboard").asText()).isEqualTo("tills");
            assertThat(rig.platforms().records().toString()).contains("PCHECKOUT");
            assertThat(desk.tickets()).hasSize(1);
            assertThat(ticket().path("links").findValuesAsText("name"))
                    .containsExactlyInAnyOrder("datadog", "pagerduty", "servicenow");

            byte[] noise = desk.logged("the till is slow", "4", "tills");
            assertThat(post(hub, noise, signature(SECRET, noise))).isEqualTo(202);
            await().atMost(SETTLED).until(() -> hub.metric("fusion_signals_total", "source=opsdesk", "outcome=noise")
                    .equals(OptionalDouble.of(1)));
            assertThat(rig.incidents()).hasSize(1);
        }
    }

    private static String signature(String secret, byte[] body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((NOW + ":").getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(mac.doFinal(body));
    }

    private static int post(HubProcess hub, byte[] body, String signature) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(hub.webhookUrl("opsdesk")))
                .header("X-OpsDesk-Time", NOW)
                .header("X-OpsDesk-Signature", signature)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
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
        Folders.copy(FOLDER.resolve("opsdesk"), mounted.resolve("opsdesk"));
        Path mapping = mounted.resolve("opsdesk/open.jq");
        Files.writeString(mapping, Files.readString(mapping).replace("state:", "state"));
        Path peek = mounted.resolve("opsdesk/peek.json");
        Files.writeString(peek, Files.readString(peek).replace("\"/desk\"", "\"desk\""));
        Path target = mounted.resolve("opsdesk/target.jq");
        Files.writeString(target, Files.readString(target).replace("then", "than"));
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
                    .contains("opsdesk/open.jq, line 3")
                    .contains("opsdesk/peek.json, line 7: 'desk' is no place")
                    .contains("opsdesk/target.jq, line 3: this jq does not compile")
                    .contains("is up, mode SYNC, platforms [datadog, servicenow, pagerduty]");
            assertThat(hub.metric("fusion_platform_folders_broken")).hasValue(1);
        }
    }

    @Test
    void leavesItsPlaceToWhatIsBuiltInWhereItIsBroken(@TempDir Path mounted) throws IOException {
        Folders.copy(Path.of("src/main/resources/routes/platforms/pagerduty"), mounted.resolve("pagerduty"));
        Path descriptor = mounted.resolve("pagerduty/platform.yaml");
        Files.writeString(descriptor, Files.readString(descriptor).replace("records:", "recods:"));
        try (HubProcess hub = rig.hub()
                .env("FUSION_PLATFORMS_PATH", mounted.toString())
                .env("FUSION_ROUTES_PATH", routeFiles(mounted.resolve("routes")).toString())
                .start()) {
            hub.awaitReady();

            rig.publish("paged by the built-in one");
            rig.awaitSettled(List.of("paged by the built-in one"), SETTLED);

            rig.assertLinkedOnce(List.of("paged by the built-in one"));
            assertThat(hub.log()).contains("platform pagerduty cannot be used, so the built-in one is used instead");
            assertRouteFiles(hub);
        }
    }

    /** One that is right stands in for the built-in one, the others do not. */
    private static void assertRouteFiles(HubProcess hub) {
        assertThat(hub.log())
                .contains("stand in for the built-in ones: [signals.camel.yaml]")
                .contains("an edited route takes a signal in")
                .contains("route file converge.camel.yaml cannot be used, so the built-in one is used instead")
                .contains("there is no bean 'convergr'")
                .contains("route file signal.camel.yaml cannot be used, so it replaces nothing")
                .contains("the nearest is signals.camel.yaml");
        assertThat(hub.metric("fusion_route_files_broken")).hasValue(2);
        assertThat(hub.health().path("checks"))
                .filteredOn(check -> check.path("name").asText().equals("route files"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.path("status").asText()).isEqualTo("DOWN");
                    assertThat(check.path("data").path("converge.camel.yaml").asText())
                            .contains("the built-in one is used instead");
                });
    }

    /** Mounts an edited route file, a broken one, and one that is called as no other. */
    private static Path routeFiles(Path folder) throws IOException {
        Path routes = Path.of("src/main/resources/routes");
        Files.createDirectories(folder);
        String acknowledge = "        - bean:\n            id: signals-intake-acknowledge\n";
        String signals = Files.readString(routes.resolve("signals.camel.yaml"));
        assertThat(signals).contains(acknowledge);
        Files.writeString(
                folder.resolve("signals.camel.yaml"),
                signals.replace(
                        acknowledge,
                        "        - log:\n            message: an edited route takes a signal in\n" + acknowledge));
        String converge = Files.readString(routes.resolve("converge.camel.yaml"));
        assertThat(converge).contains("ref: converger");
        Files.writeString(folder.resolve("converge.camel.yaml"), converge.replace("ref: converger", "ref: convergr"));
        Files.writeString(folder.resolve("signal.camel.yaml"), signals);
        return folder;
    }
}
