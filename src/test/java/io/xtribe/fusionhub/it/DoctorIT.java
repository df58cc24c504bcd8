package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsServer;

import static org.assertj.core.api.Assertions.assertThat;

/** The job doctor as a process, with everything wrong that it looks at. */
class DoctorIT {

    private static final Duration PLENTY = Duration.ofSeconds(60);

    private static Rig rig;
    private static HubProcess hub;

    @BeforeAll
    static void start() {
        rig = Rig.start("DoctorIT");
        hub = rig.hub().start().awaitReady();
        rig.webhooksTo(hub);
        rig.platforms().datadogAlert("P1", "so that there is a ticket");
        rig.awaitSettled(List.of("so that there is a ticket"), PLENTY);
    }

    @AfterAll
    static void stop() {
        hub.close();
        rig.close();
    }

    @AfterEach
    void putRight() {
        rig.platforms().clearFaults();
        rig.platforms()
                .settings(Map.of(
                        "clockSeconds", Map.of("datadog", 0, "servicenow", 0, "pagerduty", 0),
                        "credentials", Map.of("pagerduty.token", "sandbox-token"),
                        "features", Map.of("servicenow.pagerDutyApp", false),
                        "datadog", Map.of("projectSettings", project(false), "requiredFields", List.of()),
                        "pagerduty", Map.of("hubRole", "admin", "extensions", List.of(), "integrations", List.of()),
                        "servicenow", Map.of("roles", List.of("itil"), "dataPolicies", List.of())));
    }

    /** Whether a project opens records by itself. */
    private static Map<String, ?> project(boolean opens) {
        return Map.of(
                "integration_incident",
                Map.of("enabled", opens),
                "integration_service_now",
                Map.of("enabled", opens, "auto_creation", Map.of("enabled", opens)));
    }

    @Test
    void whatIsInOrderIsNoFinding() {
        JobEnd doctor = JobEnd.of(rig.hub(), "doctor");

        // The sandbox sends its webhooks without a subscription.
        assertThat(doctor.rows("LEFT")).as(doctor.log()).containsExactly("pagerduty webhook");
        assertThat(doctor.rows("OK"))
                .contains("nats clock", "nats hub", "nats streams")
                .contains(
                        "datadog clock", "datadog credentials", "datadog events", "datadog monitors", "datadog project")
                .contains("servicenow clock", "servicenow columns", "servicenow mandatory", "servicenow roles")
                .contains("servicenow close-code", "servicenow user")
                .contains("pagerduty clock", "pagerduty extensions", "pagerduty fields", "pagerduty integrations")
                .contains("pagerduty on-call", "pagerduty priorities", "pagerduty sender");
        // NATS asks for no credentials, and nobody has set up Datadog's webhooks.
        assertThat(doctor.rows("WARN")).contains("datadog webhooks", "nats settings");
        assertThat(doctor.log())
                .contains("would be paged now: Ada Example")
                .contains("WARN  nats        settings      the server asks for no credentials");
    }

    @Test
    void settingsThatNoAccountKnowsAreErrors() {
        JobEnd doctor = JobEnd.of(
                rig.hub()
                        .env("FUSION_PAGERDUTY_ESCALATION_POLICY_ID", "PPOLICYNO")
                        .env("FUSION_SERVICENOW_CLOSE_CODE", "No such code")
                        .env("FUSION_SERVICENOW_ASSIGNMENT_GROUP", "0".repeat(32))
                        .env("FUSION_DATADOG_CASE_ATTRIBUTE", "no_such")
                        .env("FUSION_DATADOG_INCIDENT_FIELD", "no_such")
                        .env("FUSION_DATADOG_PROJECT_ID", "00000000-0000-0000-0000-00000000dead"),
                "doctor");

        assertThat(doctor.code()).as(doctor.log()).isEqualTo(3);
        assertThat(doctor.rows("LEFT"))
                .containsExactly(
                        "datadog case-attribute",
                        "datadog incident-fields",
                        "datadog project",
                        "pagerduty on-call",
                        "pagerduty webhook",
                        "servicenow close-code",
                        "servicenow group");
        assertThat(doctor.log()).contains("nobody is on call").contains("To do: put somebody on the schedule");
    }

    /** The clock of each platform is read from the date of its answers, whichever transport makes the call. */
    @Test
    void clocksThatDifferAreErrors() {
        rig.platforms().settings(Map.of("clockSeconds", Map.of("datadog", 42, "servicenow", -300, "pagerduty", 2)));

        JobEnd doctor = JobEnd.of(rig.hub(), "doctor");

        assertThat(doctor.rows("LEFT")).as(doctor.log()).contains("datadog clock", "servicenow clock");
        assertThat(doctor.rows("OK")).contains("nats clock", "pagerduty clock");
        assertThat(doctor.texts("datadog", "clock"))
                .singleElement()
                .asString()
                .matches("its clock is at least (39|4[012]) s ahead of that of this host \\| .*NTP.*");
        assertThat(doctor.texts("servicenow", "clock"))
                .singleElement()
                .asString()
                .startsWith("its clock is at least ")
                .contains("behind that of this host");
    }

    @Test
    void whatWouldOpenSecondRecordsIsAnError() {
        long monitor = rig.platforms()
                .datadogAlert(Map.of("priority", "P1", "title", "to both", "message", "@pagerduty-Checkout, please"))
                .path("monitor")
                .asLong();
        rig.platforms()
                .settings(Map.of(
                        "datadog",
                        Map.of("projectSettings", project(true)),
                        "pagerduty",
                        Map.of(
                                "extensions",
                                List.of(Map.of("kind", "ServiceNow (v7)", "sync", "auto_sync")),
                                "integrations",
                                List.of("Datadog")),
                        "features",
                        Map.of("servicenow.pagerDutyApp", true)));

        JobEnd doctor = JobEnd.of(rig.hub(), "doctor");

        rig.platforms()
                .datadogAlert(
                        Map.of("monitor", monitor, "transition", "Recovered", "message", "@webhook-fusion-monitor"));
        assertThat(doctor.rows("LEFT"))
                .as(doctor.log())
                .contains("datadog monitors", "datadog project", "pagerduty extensions");
        assertThat(doctor.texts("datadog", "project"))
                .anyMatch(text -> text.contains("escalated to incidents"))
                .anyMatch(text -> text.contains("a ServiceNow incident is opened for each case"));
        assertThat(doctor.texts("pagerduty", "integrations").toString()).contains("Datadog is a second page");
        assertThat(doctor.texts("servicenow", "columns").toString()).contains("the application of PagerDuty");
    }

    @Test
    void rolesAndWhatIsMandatoryAreLookedAt() {
        rig.platforms()
                .settings(Map.of(
                        "pagerduty",
                        Map.of("hubRole", "observer"),
                        "servicenow",
                        Map.of(
                                "roles",
                                List.of("snc_read_only"),
                                "dataPolicies",
                                List.of(
                                        Map.of("field", "caller_id"),
                                        Map.of("field", "category", "condition", "priority=1"))),
                        "datadog",
                        Map.of("requiredFields", List.of("root_cause"))));
        rig.platforms().fault("datadog", "list-events").status(403).always().inject();

        JobEnd doctor = JobEnd.of(rig.hub(), "doctor");

        assertThat(doctor.rows("LEFT"))
                .as(doctor.log())
                .contains("datadog events", "pagerduty sender", "servicenow mandatory", "servicenow roles");
        assertThat(doctor.texts("servicenow", "mandatory").toString())
                .contains("demands caller_id, which the hub does not fill: no incident can be opened")
                .contains("fusion.servicenow.caller-id")
                .contains("category when priority=1");
        assertThat(doctor.texts("datadog", "incident-fields").toString()).contains("root_cause");
    }

    @Test
    void credentialsThatAreRefusedAndNatsThatTakesTooLittleAreErrors() {
        rig.platforms().settings(Map.of("credentials", Map.of("pagerduty.token", "another")));
        try (NatsServer small = NatsServer.start("max_payload: 262144\n")) {
            JobEnd doctor = JobEnd.of(rig.hub(small.url()), "doctor");

            assertThat(doctor.code()).as(doctor.log()).isEqualTo(3);
            assertThat(doctor.rows("LEFT")).contains("nats hub", "nats settings", "pagerduty credentials");
            assertThat(doctor.texts("nats", "settings").toString())
                    .contains("256 KB")
                    .contains("max_payload");
        }
    }
}
