package io.xtribe.fusionhub.converge;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** The mapping files that make requests, on steps as converge hands them out. */
class RequestMappingsTest {

    private static final Map<String, String> NO_TARGET = Map.of();

    @Test
    void pagesWithEverythingThatIsKnown() {
        // Given
        var incident = Samples.opened(Samples.newborn(), "servicenow", "incident");
        var view = view(
                incident,
                "pagerduty",
                "incident",
                Operation.OPEN,
                Map.of(
                        "service",
                        "PSVC1",
                        "defaultService",
                        "PDEF1",
                        "escalationPolicy",
                        "PESC1",
                        "priority",
                        "PPRIO1"));
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
                Samples.newborn(),
                "pagerduty",
                "incident",
                Operation.OPEN,
                Map.of("service", "PSVC1", "defaultService", "PSVC1", "escalationPolicy", "", "priority", ""));
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
                Samples.newborn(),
                "pagerduty",
                "incident",
                Operation.OPEN,
                Map.of(
                        "service",
                        "PGONE",
                        "defaultService",
                        "PDEF1",
                        "escalationPolicy",
                        "PESC1",
                        "priority",
                        "PPRIO1"));

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
                Samples.newborn(),
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
        var view = view(Samples.newborn(), "servicenow", "incident", Operation.OPEN, Map.of("caller", ""));

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
                Samples.newborn(),
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
        var view = view(Samples.newborn(), "datadog", "incident", Operation.OPEN, Map.of("incidentField", "fusion_id"));
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
        var ofCase =
                Mapping.apply("datadog-open-case", view(Samples.newborn(), "datadog", "case", Operation.OPEN, target));
        var ofIncident = Mapping.apply(
                "datadog-open-incident", view(Samples.newborn(), "datadog", "incident", Operation.OPEN, target));

        // Then
        assertThat(ofCase.at("/data/attributes").has("custom_attributes")).isFalse();
        assertThat(ofIncident.at("/data/attributes/fields").size()).isEqualTo(3);
    }

    /** Of a second record, the key carries its number, wherever it is found again. */
    @Test
    void carriesTheNumberOfASecondRecord() {
        // Given
        var view = view(Samples.newborn(), "pagerduty", "incident", Operation.OPEN, NO_TARGET);
        ((ObjectNode) view).put("key", Samples.ID + ".2");

        // Then
        assertThat(Mapping.apply("pagerduty-open", view)
                        .at("/incident/incident_key")
                        .asText())
                .isEqualTo(Samples.ID + ".2");
        assertThat(Mapping.apply("pagerduty-open-plain", view)
                        .at("/incident/incident_key")
                        .asText())
                .isEqualTo(Samples.ID + ".2");
        assertThat(Mapping.apply("servicenow-open", view).path("correlation_id").asText())
                .isEqualTo(Samples.ID + ".2");
        assertThat(Mapping.apply("datadog-open-case", view)
                        .at("/data/attributes/description")
                        .asText())
                .endsWith(Samples.ID + ".2");
        assertThat(Mapping.apply("datadog-open-incident", view)
                        .at("/data/attributes/fields/summary/value")
                        .asText())
                .endsWith(Samples.ID + ".2");
    }

    @ParameterizedTest
    @CsvSource({
        // hub, PagerDuty urgency, ServiceNow impact and urgency, Datadog severity
        "P1, high, 1, 1, SEV-1",
        "P2, high, 1, 2, SEV-2",
        "P3, low, 2, 2, SEV-3",
        "P4, low, 2, 3, SEV-4",
        "P5, low, 3, 3, SEV-5",
    })
    void mapsEveryPriorityBothWhenOpeningAndWhenUpdating(
            Priority priority, String pagerDutyUrgency, String impact, String urgency, String severity) {
        // Given
        var newborn = Samples.newborn("t", priority, Status.OPEN);
        var other = priority == Priority.P5 ? Priority.P4 : Priority.P5;

        // Then
        var page = Mapping.apply("pagerduty-open", view(newborn, "pagerduty", "incident", Operation.OPEN, NO_TARGET));
        assertThat(page.at("/incident/urgency").asText()).isEqualTo(pagerDutyUrgency);
        var pageChange = Mapping.apply("pagerduty-update", showing(newborn, "pagerduty", Status.OPEN, other));
        assertThat(pageChange.at("/incident/urgency").asText()).isEqualTo(pagerDutyUrgency);
        assertThat(pageChange.at("/incident/priority").asText()).isEqualTo(priority.name());

        var ticket =
                Mapping.apply("servicenow-open", view(newborn, "servicenow", "incident", Operation.OPEN, NO_TARGET));
        assertThat(ticket.path("impact").asText()).isEqualTo(impact);
        assertThat(ticket.path("urgency").asText()).isEqualTo(urgency);
        assertThat(ticket.has("priority")).isFalse();
        var ticketChange = Mapping.apply("servicenow-update", showing(newborn, "servicenow", Status.OPEN, other));
        assertThat(ticketChange).isEqualTo(Mapping.json("{'impact': '" + impact + "', 'urgency': '" + urgency + "'}"));

        var declared =
                Mapping.apply("datadog-open-incident", view(newborn, "datadog", "incident", Operation.OPEN, NO_TARGET));
        assertThat(declared.at("/data/attributes/fields/severity/value").asText())
                .isEqualTo(severity);
        var declaredChange = Mapping.apply("datadog-update-incident", showing(newborn, "datadog", Status.OPEN, other));
        assertThat(declaredChange.at("/data/attributes/fields/severity/value").asText())
                .isEqualTo(severity);
        var opened = Mapping.apply("datadog-open-case", view(newborn, "datadog", "case", Operation.OPEN, NO_TARGET));
        assertThat(opened.at("/data/attributes/priority").asText()).isEqualTo(priority.name());
        assertThat(opened.at("/data/attributes/title").asText()).startsWith("[" + priority + "] ");
    }

    @ParameterizedTest
    @CsvSource({
        // shown, desired, PagerDuty, ServiceNow, Datadog
        "OPEN, ACKNOWLEDGED, acknowledged, 2, active",
        "OPEN, RESOLVED, resolved, 6, resolved",
        "ACKNOWLEDGED, RESOLVED, resolved, 6, resolved",
        "RESOLVED, ACKNOWLEDGED, acknowledged, 2, active",
        "RESOLVED, OPEN, triggered, 2, active",
    })
    void mapsEveryChangeOfStatus(Status shown, Status desired, String pagerDuty, String serviceNow, String datadog) {
        // Given
        var incident = Samples.newborn("t", Priority.P1, desired);

        // Then
        assertThat(Mapping.apply("pagerduty-update", showing(incident, "pagerduty", shown, Priority.P1)))
                .isEqualTo(Mapping.json("{'incident': {'type': 'incident_reference', 'status': '" + pagerDuty + "'}}"));
        assertThat(Mapping.apply("servicenow-update", showing(incident, "servicenow", shown, Priority.P1))
                        .path("state")
                        .asText())
                .isEqualTo(serviceNow);
        assertThat(Mapping.apply("datadog-update-incident", showing(incident, "datadog", shown, Priority.P1)))
                .isEqualTo(Mapping.json("{'data': {'type': 'incidents', 'id': 'datadog-incident-1', 'attributes':"
                        + " {'fields': {'state': {'type': 'dropdown', 'value': '" + datadog + "'}}}}}"));
    }

    @Test
    void resolvesATicketWithCodeAndNotesInTheSameWrite() {
        // Given
        var incident = Samples.newborn("t", Priority.P1, Status.RESOLVED);
        var view = showing(incident, "servicenow", Status.OPEN, Priority.P1);
        ((ObjectNode) view.path("target")).put("closeCode", "Workaround provided");

        // When
        var request = Mapping.apply("servicenow-update", view);

        // Then
        assertThat(request)
                .isEqualTo(Mapping.json("{'state': '6', 'close_code': 'Workaround provided', 'close_notes':"
                        + " 'Resolved by datadog, fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa'}"));
    }

    /** A person's 2/1 is a P2 like our 1/2. */
    @Test
    void leavesImpactAndUrgencyAloneWhileThePriorityIsRight() {
        // Given
        var incident = Samples.newborn("t", Priority.P2, Status.ACKNOWLEDGED);

        // When
        var request = Mapping.apply("servicenow-update", showing(incident, "servicenow", Status.OPEN, Priority.P2));

        // Then
        assertThat(request).isEqualTo(Mapping.json("{'state': '2'}"));
    }

    @Test
    void marksLinksInNotesAsOurs() {
        // Given
        var view = links(Samples.opened(), "pagerduty", "incident");

        // Then
        assertThat(Mapping.apply("pagerduty-note", view)).isEqualTo(Mapping.json("""
                {'note': {'content': '[fusion:fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa]\\ndatadog #datadog-incident-1: https://datadog.example/incident/1\\nservicenow #servicenow-incident-1: https://servicenow.example/incident/1'}}"""));
        assertThat(Mapping.apply("datadog-comment-case", links(Samples.opened(), "datadog", "case"))
                        .at("/data/attributes/comment")
                        .asText())
                .startsWith("[fusion:" + Samples.ID + "]\n")
                .contains("https://datadog.example/incident/1")
                .contains("https://servicenow.example/incident/1")
                .contains("https://pagerduty.example/incident/1");
    }

    @Test
    void writesLinkColumnsAndTheCaseBesideThem() {
        // When
        var columns = Mapping.apply("servicenow-link-columns", links(Samples.opened(), "servicenow", "incident"));

        // Then
        assertThat(columns).isEqualTo(Mapping.json("""
                {'u_datadog_incident_url': 'https://datadog.example/incident/1',
                 'u_datadog_case_url': 'https://datadog.example/case/1',
                 'u_pagerduty_incident_url': 'https://pagerduty.example/incident/1'}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"servicenow-link-columns", "servicenow-note"})
    void leavesOurMarkOnATicketThatAPersonLogged(String mapping) {
        // Given
        var free = links(logged(false), "servicenow", "incident");
        var taken = links(logged(true), "servicenow", "incident");

        // Then
        assertThat(Mapping.apply(mapping, free).path("correlation_display").asText())
                .isEqualTo("fusion-hub");
        assertThat(Mapping.apply(mapping, free).path("correlation_id").asText()).isEqualTo(Samples.ID);
        assertThat(Mapping.apply(mapping, taken).path("correlation_display").asText())
                .isEqualTo("fusion-hub");
        assertThat(Mapping.apply(mapping, taken).has("correlation_id")).isFalse();
    }

    @Test
    void escapesHtmlInsideTheCodeTag() {
        // Given
        var view = links(Samples.opened(), "servicenow", "incident");
        ((ObjectNode) view.at("/links/pagerduty"))
                .put("number", "<script>alert('x')</script>")
                .put("url", "https://pd.example/?a=1&b=\"><img src=x>");

        // When
        var note = Mapping.apply("servicenow-note", view).path("work_notes").asText();

        // Then
        var code = note.substring(note.lastIndexOf("[code]"));
        assertThat(code)
                .doesNotContain("<script>")
                .doesNotContain("<img")
                .contains("&lt;script&gt;")
                .contains("a=1&amp;b=&quot;&gt;");
    }

    @ParameterizedTest
    @EnumSource(Priority.class)
    void cutsTitlesToWhatEachVendorTakes(Priority priority) {
        // Given
        var incident = Samples.newborn("x".repeat(5_000), priority, Status.OPEN);

        // Then
        assertThat(titles(incident)).allSatisfy((limit, title) -> assertThat(title)
                .hasSize(Integer.parseInt(limit.split(" ")[1]))
                .startsWith("[" + priority + "] xxx"));
    }

    @Property(tries = 60)
    void neverCutsACharacterInTwo(@ForAll("longTitles") String title) {
        // Given
        var incident = Samples.newborn(title, Priority.P1, Status.OPEN);

        // Then
        assertThat(titles(incident)).allSatisfy((limit, cut) -> {
            assertThat(cut.codePointCount(0, cut.length())).isLessThanOrEqualTo(Integer.parseInt(limit.split(" ")[1]));
            assertThat("[P1] " + title).startsWith(cut);
            assertThat(cut.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff))
                    .isTrue();
        });
    }

    @Test
    void cutsADescriptionToTheTicketsColumn() {
        // Given
        var view = view(Samples.newborn(), "servicenow", "incident", Operation.OPEN, NO_TARGET);
        ((ObjectNode) view).put("description", "🔥".repeat(5_000));

        // When
        var description =
                Mapping.apply("servicenow-open", view).path("description").asText();

        // Then
        assertThat(description.codePointCount(0, description.length())).isLessThanOrEqualTo(4_000);
        assertThat(Character.isHighSurrogate(description.charAt(description.length() - 1)))
                .isFalse();
    }

    @Provide
    Arbitrary<String> longTitles() {
        return Arbitraries.of("🔥", "שלום", "👩‍🚒", "a", "é", "日", "\n", "\"")
                .list()
                .ofMinSize(100)
                .ofMaxSize(1_500)
                .map(parts -> String.join("", parts));
    }

    /** Vendor and limit to the title it gets. */
    private static Map<String, String> titles(Incident incident) {
        return Map.of(
                "pagerduty 1024", title("pagerduty-open", incident, "pagerduty", "incident", "/incident/title"),
                "pagerduty-plain 255",
                        title("pagerduty-open-plain", incident, "pagerduty", "incident", "/incident/title"),
                "servicenow 160", title("servicenow-open", incident, "servicenow", "incident", "/short_description"),
                "datadog-case 255", title("datadog-open-case", incident, "datadog", "case", "/data/attributes/title"),
                "datadog-incident 255",
                        title("datadog-open-incident", incident, "datadog", "incident", "/data/attributes/title"));
    }

    private static String title(String mapping, Incident incident, String platform, String part, String pointer) {
        return Mapping.apply(mapping, view(incident, platform, part, Operation.OPEN, NO_TARGET))
                .at(pointer)
                .asText();
    }

    private static JsonNode view(
            Incident incident, String platform, String part, Operation operation, Map<String, String> target) {
        return StepView.of(Step.of(incident, platform, part, operation), target);
    }

    private static JsonNode showing(Incident incident, String platform, Status status, Priority priority) {
        var known = incident.withPart(
                platform,
                "incident",
                part -> part.opened(
                        Samples.reference(platform, "incident"), new Known(status, priority, Samples.BORN, -1)));
        return view(known, platform, "incident", Operation.UPDATE, NO_TARGET);
    }

    private static JsonNode links(Incident incident, String platform, String part) {
        var profile = Samples.PROFILES.stream()
                .filter(candidate -> candidate.name().equals(platform))
                .findFirst()
                .orElseThrow();
        var links = Plan.wantedLinks(incident, Samples.PROFILES, profile, part);
        return StepView.of(Step.link(incident, platform, part, links, false), NO_TARGET);
    }

    private static Incident logged(boolean keyTaken) {
        var incident =
                Samples.opened(Samples.opened(Samples.newborn(), "datadog", "incident"), "pagerduty", "incident");
        return incident.withPart(
                "servicenow",
                "incident",
                part -> part.opened(
                        new Reference("s1", "INC1", "https://now.example/s1", false, keyTaken),
                        Samples.showing(incident)));
    }
}
