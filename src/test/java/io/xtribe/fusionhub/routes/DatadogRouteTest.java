package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Origin;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;

/** Opening, finding, updating and reading Datadog's records. */
@VendorOperations(
        platform = "datadog",
        value = {
            "CreateCase",
            "CreateIncident",
            "GetCase",
            "GetIncident",
            "GetMonitor",
            "ListIncidents",
            "ListMonitors",
            "SearchCases",
            "SearchIncidents",
            "UpdateIncident",
            "UpdatePriority",
            "UpdateStatus"
        })
class DatadogRouteTest extends DatadogRouteFixture {

    @Test
    void opensTheCaseWithOurKey() {
        var answer = open("case");

        var record = record("case");
        assertThat(record.path("key").asText()).isEqualTo(ID);
        assertThat(record.path("title").asText()).isEqualTo("[P1] checkout latency above 2 s");
        assertThat(record.path("description").asText()).contains("p95 is 3.1 s", ID);
        assertThat(record.path("priority").asText()).isEqualTo("P1");
        assertThat(record.path("status").asText()).isEqualTo("Open");
        assertThat(answer.path("id").asText()).isEqualTo(record.path("id").asText());
        assertThat(answer.path("number").asText())
                .isEqualTo(record.path("number").asText());
        assertThat(answer.path("url").asText()).isEqualTo(record.path("url").asText());
        assertThat(answer.path("key").asText()).isEqualTo(ID);
        assertThat(answer.path("status").asText()).isEqualTo("open");
        assertThat(calls(DATADOG)).containsExactly("create-case");
    }

    @Test
    void opensTheIncidentWithOurKey() {
        var answer = run(step(incident(Hints.of("checkout", "", "", "", "", "")), DATADOG, "incident", Operation.OPEN));

        var record = record("incident");
        assertThat(record.path("key").asText()).isEqualTo(ID);
        assertThat(record.path("summary").asText()).contains("p95 is 3.1 s", ID);
        assertThat(record.path("priority").asText()).isEqualTo("SEV-1");
        assertThat(record.path("status").asText()).isEqualTo("active");
        assertThat(answer.path("url").asText()).isEqualTo(record.path("url").asText());
        assertThat(answer.path("key").asText()).isEqualTo(ID);
        assertThat(answer.path("status").asText()).isEqualTo("active");
        assertThat(answer.path("priority").asText()).isEqualTo("P1");
        assertThat(calls(DATADOG)).containsExactly("create-incident");
    }

    @ParameterizedTest
    @CsvSource({"case, create-case", "incident, create-incident"})
    void doesNotOpenAgainAfterAnUnknownOutcome(String part, String operation) {
        sandbox.fault(DATADOG, operation).drop().inject();

        var failure = failure(step(incident(), DATADOG, part, Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(calls(DATADOG)).containsExactly(operation);
    }

    @ParameterizedTest
    @CsvSource({"case, search-cases", "incident, search-incidents"})
    void findsByOurKey(String part, String operation) {
        // Given
        var id = open(part).path("id").asText();
        sandbox.datadogIncident("SEV-1", "somebody else's");

        // When
        var found = run(step(incident(), DATADOG, part, Operation.FIND));

        // Then
        assertThat(found.findValuesAsText("id")).containsExactly(id);
        assertThat(found.findValuesAsText("key")).containsExactly(ID);
        assertThat(calls(DATADOG, operation)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"case", "incident"})
    void findsNothingWhenNothingHasOurKey(String part) {
        sandbox.datadogIncident("SEV-1", "somebody else's");

        assertThat(run(step(incident(), DATADOG, part, Operation.FIND))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, In Progress, acknowledged", "RESOLVED, Closed, resolved"})
    void updatesTheStatusOfTheCase(Status status, String shows, String answered) {
        var opened = opened("case");

        var answer = run(step(opened.desiring(status, Priority.P1), DATADOG, "case", Operation.UPDATE));

        assertThat(answer.path("status").asText()).isEqualTo(answered);
        assertThat(record("case").path("status").asText()).isEqualTo(shows);
        assertThat(calls(DATADOG)).containsExactly("create-case", "update-case-status", "get-case");
    }

    @Test
    void updatesThePriorityOfTheCase() {
        var opened = opened("case");

        var answer = run(step(opened.desiring(Status.OPEN, Priority.P3), DATADOG, "case", Operation.UPDATE));

        assertThat(answer.path("priority").asText()).isEqualTo("P3");
        assertThat(calls(DATADOG)).containsExactly("create-case", "update-case-priority", "get-case");
    }

    @Test
    void updatesBothOfTheCase() {
        var opened = opened("case");

        run(step(opened.desiring(Status.RESOLVED, Priority.P2), DATADOG, "case", Operation.UPDATE));

        assertThat(record("case").path("status").asText()).isEqualTo("Closed");
        assertThat(record("case").path("priority").asText()).isEqualTo("P2");
    }

    @ParameterizedTest
    @CsvSource({"RESOLVED, P1, resolved, SEV-1", "OPEN, P3, active, SEV-3", "RESOLVED, P2, resolved, SEV-2"})
    void updatesTheIncidentInOneCall(Status status, Priority priority, String state, String severity) {
        var opened = opened("incident");

        run(step(opened.desiring(status, priority), DATADOG, "incident", Operation.UPDATE));

        assertThat(record("incident").path("status").asText()).isEqualTo(state);
        assertThat(record("incident").path("priority").asText()).isEqualTo(severity);
        assertThat(calls(DATADOG)).containsExactly("create-incident", "update-incident");
    }

    @Test
    void leavesTheIncidentActiveWhenItIsAcknowledged() {
        var opened = opened("incident");

        var answer =
                run(step(opened.desiring(Status.ACKNOWLEDGED, Priority.P1), DATADOG, "incident", Operation.UPDATE));

        assertThat(answer.path("status").asText()).isEqualTo("active");
        assertThat(record("incident").path("status").asText()).isEqualTo("active");
    }

    @ParameterizedTest
    @CsvSource({"Triggered, active", "No Data, active", "Recovered, resolved"})
    void readsWhetherAMonitorStillAlerts(String transition, String status) {
        // Given
        var monitor =
                sandbox.datadogAlert("P2", "checkout slow").path("monitor").asText();
        sandbox.datadogAlert(Map.of(
                "monitor",
                Long.valueOf(monitor),
                "priority",
                "P2",
                "title",
                "checkout slow",
                "transition",
                transition));
        var triggered = new IncidentBuilder()
                .from(incident())
                .origin(new Origin(DATADOG, "datadog.monitor", "org-1", "cycle-1", monitor))
                .title("checkout slow")
                .description("")
                .priority(Priority.P2)
                .unconfirmed(true)
                .build();

        // When
        var answer = run(step(triggered, DATADOG, "", Operation.READ));

        // Then
        assertThat(answer.path("id").asText()).isEqualTo(monitor);
        assertThat(answer.path("status").asText()).isEqualTo(status);
        assertThat(answer.path("priority").asText()).isEqualTo("P2");
    }

    @Test
    void readsTheCase() {
        var opened = opened("case");

        var answer = run(step(opened, DATADOG, "case", Operation.READ));

        assertThat(answer.path("id").asText())
                .isEqualTo(reference(opened, "case").id());
        assertThat(answer.path("status").asText()).isEqualTo("open");
    }

    @Test
    void readsTheIncidentThatAPersonChanged() {
        var opened = opened("incident");
        sandbox.changeDatadogIncident(reference(opened, "incident").id(), Map.of("severity", "SEV-2"));

        var answer = run(step(opened, DATADOG, "incident", Operation.READ));

        assertThat(answer.path("priority").asText()).isEqualTo("P2");
        assertThat(answer.path("key").asText()).isEqualTo(ID);
    }

    @Test
    void probesAndAsksWhoseItIs() {
        for (var route : List.of("datadog-probe", "datadog-speaker")) {
            var exchange =
                    template.request("direct:" + route, asked -> asked.getIn().setBody(null));

            assertThat(exchange.getException()).as(route).isNull();
        }
        assertThat(calls("datadog")).isNotEmpty();
    }
}
