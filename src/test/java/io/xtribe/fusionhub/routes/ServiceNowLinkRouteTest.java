package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Shows the other platforms' URLs in ServiceNow: in columns, or in a work note. */
@VendorOperations(
        platform = "servicenow",
        value = {"createIncident", "getIncident", "listJournalEntries", "patchIncident"})
class ServiceNowLinkRouteTest extends ServiceNowRouteFixture {

    /** An incident that a client logged. */
    private Incident logged(boolean keyTaken, Map<String, ?> changes) {
        var record = sandbox.serviceNowIncident(1, 1, "Shop is slow");
        var id = record.path("id").asText();
        sandbox.changeServiceNowIncident(id, changes);
        var reference = new Reference(
                id, record.path("number").asText(), record.path("url").asText(), false, keyTaken);
        return with(incident(), SERVICENOW, "incident", reference);
    }

    @Test
    void showsTheLinksInColumns() {
        // Given
        var opened =
                with(opened(), "datadog", "case", reference("c-1", "FUS-3", "https://app.datadoghq.test/cases/FUS-3"));

        // When
        var answer = run(link(
                opened, SERVICENOW, "incident", links("datadog", datadogIncident, "pagerduty", pagerDutyIncident)));

        // Then
        assertThat(shown(answer)).containsExactly("datadog", "pagerduty");
        var columns = record().path("columns");
        assertThat(columns.path("u_datadog_incident_url").asText()).isEqualTo(datadogIncident.url());
        assertThat(columns.path("u_pagerduty_incident_url").asText()).isEqualTo(pagerDutyIncident.url());
        assertThat(columns.path("u_datadog_case_url").asText()).isEqualTo("https://app.datadoghq.test/cases/FUS-3");
        assertThat(record().path("work_notes")).isEmpty();
        assertThat(calls(SERVICENOW)).containsExactly("create-incident", "update-incident");
    }

    @Test
    void showsTheLinksInAWorkNoteWhereTheInstanceHasNoColumns() {
        // Given
        sandbox.settings(Map.of("features", Map.of("servicenow.linkColumns", false)));
        var opened = opened();

        // When
        var first = run(link(opened, SERVICENOW, "incident", links("datadog", datadogIncident)));
        var second = run(link(opened, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident)));

        // Then the columns are tried once, and each note holds what none showed before
        assertThat(shown(first)).containsExactly("datadog");
        assertThat(shown(second)).containsExactly("pagerduty");
        var notes = texts(record().path("work_notes"));
        assertThat(notes).hasSize(2).allMatch(note -> note.startsWith("[fusion:" + ID + "]"));
        assertThat(notes)
                .filteredOn(note -> note.contains(datadogIncident.url()))
                .hasSize(1);
        assertThat(notes)
                .filteredOn(note -> note.contains(pagerDutyIncident.url()))
                .hasSize(1);
        assertThat(calls(SERVICENOW))
                .containsExactly("create-incident", "update-incident", "update-incident", "update-incident");
    }

    @Test
    void writesNoWorkNoteAgainAfterAnUnknownOutcome() {
        // Given a note that was written though its answer was lost
        sandbox.settings(Map.of("features", Map.of("servicenow.linkColumns", false)));
        var opened = opened();
        run(link(opened, SERVICENOW, "incident", links("datadog", datadogIncident)));
        var link = link(opened, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident));
        sandbox.fault(SERVICENOW, "update-incident").drop().inject();
        assertThat(failure(link).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);

        // When
        var answer = run(afterUnknown(link));

        // Then
        assertThat(shown(answer)).containsExactly("pagerduty");
        assertThat(record().path("work_notes")).hasSize(2);
        assertThat(calls(SERVICENOW, "query-journal")).isEqualTo(1);
        assertThat(calls(SERVICENOW, "update-incident")).isEqualTo(3);
    }

    /** An access rule shows an empty list, or refuses; the record itself displays its notes, unless that is hidden too. */
    @ParameterizedTest
    @CsvSource({"false, true", "403, true", "404, true", "false, false", "404, false"})
    void findsItsNoteAgainWhateverMayBeReadOrSaysSo(String journal, boolean record) {
        // Given a note that was written though its answer was lost
        sandbox.settings(Map.of(
                "features",
                Map.of(
                        "servicenow.linkColumns",
                        false,
                        "servicenow.journal",
                        journal.equals("false") ? false : Integer.parseInt(journal),
                        "servicenow.notesOfRecord",
                        record)));
        var opened = opened();
        var link = link(opened, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident));
        sandbox.fault(SERVICENOW, "update-incident")
                .containing("work_notes")
                .drop()
                .inject();
        assertThat(failure(link).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);

        // When
        var answer = run(afterUnknown(link));

        // Then
        assertThat(shown(answer)).containsExactly("pagerduty");
        assertThat(record().path("work_notes")).hasSize(record ? 1 : 2);
        if (record) {
            assertThat(remark()).isNull();
        } else {
            assertThat(remark()).contains("may stand there twice");
        }
    }

    /** Columns that one record does not take, such as a closed one's, are there for the others. */
    @Test
    void keepsUsingColumnsThatOneRecordDoesNotTake() {
        sandbox.settings(Map.of("servicenow", Map.of("putsBack", List.of("u_pagerduty_incident_url"))));
        var opened = opened();

        var answer = run(link(opened, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident)));

        assertThat(shown(answer)).containsExactly("pagerduty");
        assertThat(record().path("work_notes")).hasSize(1);
        assertThat(beans.get(OptionalFeatures.class).isOn("servicenow.link-columns"))
                .isTrue();
    }

    @Test
    void claimsTheRecordThatAClientLogged() {
        var logged = logged(false, Map.of());

        run(link(logged, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident)));

        assertThat(record().path("key").asText()).isEqualTo(ID);
        assertThat(record().path("correlation_display").asText()).isEqualTo("fusion-hub");
        assertThat(record().path("columns").path("u_pagerduty_incident_url").asText())
                .isEqualTo(pagerDutyIncident.url());
    }

    @Test
    void claimsTheRecordThatAClientLoggedWithANoteToo() {
        sandbox.settings(Map.of("features", Map.of("servicenow.linkColumns", false)));
        var logged = logged(false, Map.of());

        run(link(logged, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident)));

        assertThat(record().path("key").asText()).isEqualTo(ID);
        assertThat(record().path("work_notes")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void leavesTheKeyAndMarkOfAnotherIntegrationAlone(boolean hasColumns) {
        sandbox.settings(Map.of("features", Map.of("servicenow.linkColumns", hasColumns)));
        var logged = logged(true, Map.of("correlation_id", "THEIRS-1", "correlation_display", "their tool"));

        run(link(logged, SERVICENOW, "incident", links("pagerduty", pagerDutyIncident)));

        assertThat(record().path("key").asText()).isEqualTo("THEIRS-1");
        assertThat(record().path("correlation_display").asText()).isEqualTo("their tool");
        assertThat(record().toString()).contains(pagerDutyIncident.url());
    }
}
