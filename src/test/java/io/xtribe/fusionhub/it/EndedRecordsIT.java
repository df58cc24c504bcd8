package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.Folders;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;

/** No webhook arrives, and what people do at records of an incident that has been over for a while is found by polls all the same. */
class EndedRecordsIT {
    private static final Duration PLENTY = Duration.ofSeconds(60);
    private static final Path BUILT_IN = Path.of("src/main/resources/routes/platforms");
    private static final List<String> VENDORS = List.of("datadog", "servicenow", "pagerduty");
    private static final List<String> POLLS = List.of(
            "datadog.events",
            "datadog.monitors",
            "datadog.incidents",
            "datadog.cases",
            "servicenow.incidents",
            "servicenow.journal",
            "pagerduty.resolved",
            "pagerduty.notes");
    private static final String TITLE = "over for a while";
    /** For twice the interval of polls each round looks at it. */
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    @Test
    void whatChangesOnRecordsThatAreOverIsFound(@TempDir Path mounted) throws IOException {
        for (String vendor : VENDORS) {
            withoutOverlap(vendor, mounted);
        }
        try (Rig rig = Rig.start("EndedRecordsIT");
                HubProcess hub = hub(rig, mounted).start()) {
            hub.awaitReady();
            assertThat(hub.metric("fusion_platform_folders_broken")).hasValue(0);
            Awaitility.await("the watermarks").atMost(PLENTY).until(() -> POLLS.stream()
                    .allMatch(poll -> rig.shared("poll." + poll) != null));
            JsonNode alert = rig.platforms().datadogAlert("P1", TITLE);
            rig.awaitSettled(List.of(TITLE), PLENTY);
            rig.platforms().datadogRecoversMuted(alert);
            Awaitility.await("the recovery")
                    .atMost(PLENTY)
                    .until(() -> incident(rig).path("status").asText().equals("RESOLVED"));
            rig.awaitSettled(List.of(TITLE), PLENTY);
            awaitThatItIsOverForAWhile(hub);

            rig.platforms().changeDatadogCase(id(rig, "datadog", "case"), Map.of("priority", "P3"));
            awaitPriority(rig, "P3");

            awaitThatItIsOverForAWhile(hub);
            rig.platforms().changeDatadogIncident(id(rig, "datadog", "incident"), Map.of("severity", "SEV-2"));
            awaitPriority(rig, "P2");

            awaitThatItIsOverForAWhile(hub);
            rig.platforms()
                    .changePagerDutyIncident(id(rig, "pagerduty", "incident"), Map.of("title", "the disk was full"));
            rig.platforms().changePagerDutyIncident(id(rig, "pagerduty", "incident"), Map.of("note", "a page's note"));
            rig.platforms()
                    .changeServiceNowIncident(
                            id(rig, "servicenow", "incident"), Map.of("work_notes", "a ticket's note"));
            rig.platforms().changeDatadogCase(id(rig, "datadog", "case"), Map.of("comment", "a case's comment"));

            awaitShown(rig, "servicenow", "the disk was full", "a page's note", "a case's comment");
            awaitShown(rig, "datadog", "the disk was full", "a page's note", "a ticket's note");
            awaitShown(rig, "pagerduty", "a ticket's note", "a case's comment");
        }
    }

    /** So that the time in which each round looks at what has ended is that of two rounds. */
    private static void withoutOverlap(String vendor, Path mounted) throws IOException {
        Folders.copy(BUILT_IN.resolve(vendor), mounted.resolve(vendor));
        Path descriptor = mounted.resolve(vendor).resolve("platform.yaml");
        String written = Files.readString(descriptor);
        assertThat(written).contains("overlapSeconds: 120");
        Files.writeString(descriptor, written.replace("overlapSeconds: 120", "overlapSeconds: 0"));
    }

    private static HubProcess.Builder hub(Rig rig, Path mounted) {
        HubProcess.Builder builder = rig.hub()
                .env("FUSION_PLATFORMS_PATH", mounted.toString())
                .env("FUSION_DATADOG_ORG_ID", "1200000001")
                .env("FUSION_SERVICENOW_INSTANCE", "sandbox");
        for (String vendor : VENDORS) {
            builder.env("FUSION_" + vendor.toUpperCase(Locale.ROOT) + "_POLL", "1s");
        }
        return builder;
    }

    private static void awaitThatItIsOverForAWhile(HubProcess hub) {
        Awaitility.await("its age")
                .atMost(PLENTY)
                .until(() -> Duration.between(changedAt(hub), Instant.now()).compareTo(A_WHILE) > 0);
    }

    private static Instant changedAt(HubProcess hub) {
        return Instant.parse(hub.incidents().findPath("changedAt").asText());
    }

    private static void awaitPriority(Rig rig, String priority) {
        Awaitility.await(priority)
                .atMost(PLENTY)
                .until(() -> incident(rig).path("priority").asText().equals(priority));
    }

    private static void awaitShown(Rig rig, String platform, String... texts) {
        Awaitility.await(platform).atMost(PLENTY).untilAsserted(() -> assertThat(
                        rig.platforms().records().path(platform).toString())
                .contains(texts));
    }

    private static JsonNode incident(Rig rig) {
        return rig.incidentsById().values().iterator().next();
    }

    private static String id(Rig rig, String platform, String part) {
        return incident(rig)
                .at("/platforms/" + platform + "/" + part + "/reference/id")
                .asText();
    }
}
