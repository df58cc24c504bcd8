package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** The mapping files that make creates. */
class OpenMappingsTest extends RequestMappingFixture {

    @Test
    void pagesWithEverythingThatIsKnown() {
        // Given
        var incident = Samples.opened(Samples.newIncident(), "servicenow", "incident");
        var view = view(
                incident, "pagerduty", "incident", Operation.OPEN, pageTarget("PSVC1", "PDEF1", "PESC1", "PPRIO1"));
        ((ObjectNode) view.path("hints")).put("runbook", "https://wiki.example/checkout");

        // When
        var request = Mapping.apply("pagerduty-open", view);

        // Then
        assertThat(request).isEqualTo(Mapping.json("""
                {'incident': {'type': 'incident', 'title': '[P1] Checkout latency above 2 s',
                  'service': {'id': 'PSVC1', 'type': 'service_reference'},
                  'priority': {'id': 'PPRIO1', 'type': 'priority_reference'}, 'urgency': 'high',
                  'incident_key': 'fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa',
                  'body': {'type': 'incident_body', 'details': 'Customers wait.\\nRunbook: https://wiki.example/checkout\\nservicenow incident: #servicenow-incident-1 https://servicenow.example/incident/1\\nFusion id: fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa'},
                  'escalation_policy': {'id': 'PESC1', 'type': 'escalation_policy_reference'}}}"""));
    }

    @Test
    void pagesWithoutWhatIsUnknown() {
        // Given
        var view = view(
                Samples.newIncident(), "pagerduty", "incident", Operation.OPEN, pageTarget("PSVC1", "PSVC1", "", ""));
        ((ObjectNode) view).put("description", "");

        // When
        var request = Mapping.apply("pagerduty-open", view);

        // Then
        assertThat(request).isEqualTo(Mapping.json("""
                {'incident': {'type': 'incident', 'title': '[P1] Checkout latency above 2 s',
                  'service': {'id': 'PSVC1', 'type': 'service_reference'}, 'urgency': 'high',
                  'incident_key': 'fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa',
                  'body': {'type': 'incident_body', 'details': 'Fusion id: fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa'}}}"""));
    }

    @Test
    void pagesPlainlyWithNothingThatCouldBeRefused() {
        // Given
        var view = view(
                Samples.newIncident(),
                "pagerduty",
                "incident",
                Operation.OPEN,
                pageTarget("PGONE", "PDEF1", "PESC1", "PPRIO1"));

        // When
        var request = Mapping.apply("pagerduty-open-plain", view);

        // Then
        assertThat(request).isEqualTo(Mapping.json("""
                {'incident': {'type': 'incident', 'title': '[P1] Checkout latency above 2 s',
                  'service': {'id': 'PDEF1', 'type': 'service_reference'}, 'urgency': 'high',
                  'incident_key': 'fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa'}}"""));
    }

    @Test
    void opensATicketWithEverythingThatIsKnown() {
        // Given
        var view = view(
                Samples.newIncident(),
                "servicenow",
                "incident",
                Operation.OPEN,
                Map.of("caller", "c1", "assignmentGroup", "g1", "closeCode", "Solution provided"));
        ((ObjectNode) view.path("hints")).put("runbook", "https://wiki.example/checkout");

        // When
        var request = Mapping.apply("servicenow-open", view);

        // Then
        assertThat(request).isEqualTo(Mapping.json("""
                {'short_description': '[P1] Checkout latency above 2 s',
                 'description': 'Customers wait.\\nRunbook: https://wiki.example/checkout\\nOpened by Fusion Hub, fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa',
                 'impact': '1', 'urgency': '1', 'caller_id': 'c1', 'assignment_group': 'g1',
                 'correlation_id': 'fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa', 'correlation_display': 'fusion-hub'}"""));
    }

    @Test
    void opensATicketWithoutWhatIsUnknown() {
        // Given
        var view = view(Samples.newIncident(), "servicenow", "incident", Operation.OPEN, Map.of("caller", ""));

        // When
        var request = Mapping.apply("servicenow-open", view);

        // Then
        assertThat(request.has("caller_id")).isFalse();
        assertThat(request.has("assignment_group")).isFalse();
    }

    @Test
    void opensACaseWithOurKeyInItsAttribute() {
        // Given
        var view = view(
                Samples.newIncident(),
                "datadog",
                "case",
                Operation.OPEN,
                Map.of("project", "p1", "caseType", "t1", "caseAttribute", "fusion_id", "incidentField", "fusion_id"));

        // When
        var request = Mapping.apply("datadog-open-case", view);

        // Then
        assertThat(request).isEqualTo(Mapping.json("""
                {'data': {'type': 'case', 'attributes': {'title': '[P1] Checkout latency above 2 s', 'type_id': 't1',
                  'priority': 'P1', 'status_name': 'Open',
                  'description': 'Customers wait.\\n\\nFusion id: fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa',
                  'custom_attributes': {'fusion_id': {'type': 'TEXT', 'is_multi': false,
                    'value': 'fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa'}}},
                  'relationships': {'project': {'data': {'id': 'p1', 'type': 'project'}}}}}"""));
    }

    @Test
    void declaresAnIncidentWithOurKeyWhereItComesBack() {
        // Given
        var view = view(
                Samples.newIncident(), "datadog", "incident", Operation.OPEN, Map.of("incidentField", "fusion_id"));
        ((ObjectNode) view.path("hints")).put("service", "checkout");

        // When
        var request = Mapping.apply("datadog-open-incident", view);

        // Then
        assertThat(request).isEqualTo(Mapping.json("""
                {'data': {'type': 'incidents', 'attributes': {'title': '[P1] Checkout latency above 2 s',
                  'customer_impacted': false, 'fields': {
                    'severity': {'type': 'dropdown', 'value': 'SEV-1'}, 'state': {'type': 'dropdown', 'value': 'active'},
                    'summary': {'type': 'textbox',
                      'value': 'Customers wait.\\n\\nService: checkout\\n\\nFusion id: fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa'},
                    'fusion_id': {'type': 'textarray', 'value': ['fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa']},
                    'services': {'type': 'autocomplete', 'value': ['checkout']}}}}}"""));
    }

    @Test
    void opensOnDatadogWithoutFieldsThatAreNotConfigured() {
        // Given
        var target = Map.of("project", "p1", "caseType", "t1", "caseAttribute", "", "incidentField", "");

        // When
        var ofCase = Mapping.apply(
                "datadog-open-case", view(Samples.newIncident(), "datadog", "case", Operation.OPEN, target));
        var ofIncident = Mapping.apply(
                "datadog-open-incident", view(Samples.newIncident(), "datadog", "incident", Operation.OPEN, target));

        // Then
        assertThat(ofCase.at("/data/attributes").has("custom_attributes")).isFalse();
        assertThat(ofIncident.at("/data/attributes/fields").size()).isEqualTo(3);
    }

    /** Of a second record, the key carries its number, wherever it is found again. */
    @Test
    void carriesTheNumberOfASecondRecord() {
        assertThat(second("pagerduty", "incident", "open")
                        .at("/incident/incident_key")
                        .asText())
                .isEqualTo(Samples.ID + ".2");
        assertThat(second("pagerduty", "incident", "open-plain")
                        .at("/incident/incident_key")
                        .asText())
                .isEqualTo(Samples.ID + ".2");
        assertThat(second("servicenow", "incident", "open")
                        .path("correlation_id")
                        .asText())
                .isEqualTo(Samples.ID + ".2");
        assertThat(second("datadog", "case", "open-case")
                        .at("/data/attributes/description")
                        .asText())
                .endsWith(Samples.ID + ".2");
        assertThat(second("datadog", "incident", "open-incident")
                        .at("/data/attributes/fields/summary/value")
                        .asText())
                .endsWith(Samples.ID + ".2");
    }

    private static JsonNode second(String platform, String part, String mapping) {
        var view = view(Samples.newIncident(), platform, part, Operation.OPEN, NO_TARGET);
        ((ObjectNode) view).put("key", Samples.ID + ".2");
        return Mapping.apply(platform + "-" + mapping, view);
    }

    private static Map<String, String> pageTarget(
            String service, String defaultService, String escalationPolicy, String priority) {
        return Map.of(
                "service", service,
                "defaultService", defaultService,
                "escalationPolicy", escalationPolicy,
                "priority", priority);
    }
}
