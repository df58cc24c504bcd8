package io.xtribe.fusionhub.routes;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Shows the other platforms' URLs in PagerDuty: in custom fields, or in a note. */
@VendorOperations(
        platform = "pagerduty",
        value = {
            "createIncident",
            "createIncidentNote",
            "listIncidentNotes",
            "listIncidentTypeCustomFields",
            "setIncidentFieldValues"
        })
class PagerDutyLinkRouteTest extends PagerDutyRouteFixture {

    @Test
    void showsTheLinksInCustomFields() {
        var opened = opened();

        var answer = run(link(
                opened, PAGERDUTY, "incident", links("datadog", datadogIncident, "servicenow", serviceNowIncident)));

        assertThat(shown(answer)).containsExactly("datadog", "servicenow");
        assertThat(record().path("custom_fields").path("datadog_incident_url").asText())
                .isEqualTo(datadogIncident.url());
        assertThat(record().path("custom_fields")
                        .path("servicenow_incident_url")
                        .asText())
                .isEqualTo(serviceNowIncident.url());
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident", "set-custom-fields");
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 404})
    void showsTheLinksInANoteWhereTheAccountHasNoCustomFields(int status) {
        // Given
        sandbox.settings(Map.of("features", Map.of("pagerduty.customFields", status)));
        var opened = opened();

        // When
        var first = run(link(opened, PAGERDUTY, "incident", links("datadog", datadogIncident)));
        var second = run(link(opened, PAGERDUTY, "incident", links("servicenow", serviceNowIncident)));

        // Then the feature is asked for once, and each note holds what none showed before
        assertThat(shown(first)).containsExactly("datadog");
        assertThat(shown(second)).containsExactly("servicenow");
        assertThat(texts(record().path("notes")))
                .containsExactlyInAnyOrder(
                        "[fusion:" + ID + "]\ndatadog #7: " + datadogIncident.url(),
                        "[fusion:" + ID + "]\nservicenow INC0010002: " + serviceNowIncident.url());
        assertThat(calls(PAGERDUTY))
                .containsExactly(
                        "create-incident", "set-custom-fields", "list-custom-fields", "create-note", "create-note");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void keepsUsingCustomFieldsWhenOnlyOneIncidentHasNone(int status) {
        // Given
        var opened = opened();
        sandbox.fault(PAGERDUTY, "set-custom-fields").status(status).inject();

        // When
        var answer = run(link(opened, PAGERDUTY, "incident", links("datadog", datadogIncident)));

        // Then
        assertThat(shown(answer)).containsExactly("datadog");
        assertThat(record().path("notes")).hasSize(1);
        assertThat(beans.get(OptionalFeatures.class).isOn("pagerduty.custom-fields"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void writesTheLinkWhereNotesMayNotBeRead(int status) {
        sandbox.settings(Map.of("features", Map.of("pagerduty.customFields", false)));
        var opened = opened();
        sandbox.fault(PAGERDUTY, "list-notes").status(status).inject();

        var answer = run(afterUnknown(link(opened, PAGERDUTY, "incident", links("datadog", datadogIncident))));

        assertThat(shown(answer)).containsExactly("datadog");
        assertThat(record().path("notes")).hasSize(1);
        assertThat(remark()).contains("may stand there twice", String.valueOf(status));
    }

    @Test
    void showsALinkInANoteThatNoCustomFieldHolds() {
        // Given an URL longer than the 200 characters that a field takes
        var opened = opened();
        var tooLong = new Reference("dd-2", "#8", "https://app.datadoghq.test/" + "x".repeat(200), true, false);

        // When
        var answer = run(link(opened, PAGERDUTY, "incident", links("datadog", tooLong)));

        // Then
        assertThat(shown(answer)).containsExactly("datadog");
        assertThat(record().path("notes")).hasSize(1);
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident", "create-note");
    }

    @Test
    void keepsUsingCustomFieldsWhenOnlyOneValueIsRefused() {
        // Given
        var opened = opened();
        sandbox.fault(PAGERDUTY, "set-custom-fields").status(400).inject();

        // When
        var answer = run(link(opened, PAGERDUTY, "incident", links("datadog", datadogIncident)));

        // Then this record has a note, the others go on with fields
        assertThat(shown(answer)).containsExactly("datadog");
        assertThat(record().path("notes")).hasSize(1);
        assertThat(beans.get(OptionalFeatures.class).isOn("pagerduty.custom-fields"))
                .isTrue();
    }

    @Test
    void writesNoNoteAgainAfterAnUnknownOutcome() {
        // Given a note that was written though its answer was lost
        sandbox.settings(Map.of("features", Map.of("pagerduty.customFields", false)));
        var opened = opened();
        var link = link(opened, PAGERDUTY, "incident", links("datadog", datadogIncident));
        sandbox.fault(PAGERDUTY, "create-note").drop().inject();
        assertThat(failure(link).kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);

        // When
        var answer = run(afterUnknown(link));

        // Then
        assertThat(shown(answer)).containsExactly("datadog");
        assertThat(record().path("notes")).hasSize(1);
        assertThat(calls(PAGERDUTY, "create-note")).isEqualTo(1);
        assertThat(calls(PAGERDUTY, "list-notes")).isEqualTo(1);
    }

    @Test
    void writesOnlyTheLinksThatNoNoteShowsAfterAnUnknownOutcome() {
        // Given
        sandbox.settings(Map.of("features", Map.of("pagerduty.customFields", false)));
        var opened = opened();
        run(link(opened, PAGERDUTY, "incident", links("datadog", datadogIncident)));

        // When
        var answer = run(afterUnknown(link(
                opened, PAGERDUTY, "incident", links("datadog", datadogIncident, "servicenow", serviceNowIncident))));

        // Then
        assertThat(shown(answer)).containsExactly("datadog", "servicenow");
        assertThat(texts(record().path("notes")))
                .contains("[fusion:" + ID + "]\nservicenow INC0010002: " + serviceNowIncident.url())
                .hasSize(2);
    }
}
