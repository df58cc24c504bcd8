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

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What the mapping files that make requests do alike: priorities, statuses, lengths. */
class RequestMappingsTest extends RequestMappingFixture {

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
        var newIncident = Samples.newIncident("t", priority, Status.OPEN);
        var other = priority == Priority.P5 ? Priority.P4 : Priority.P5;

        // Then
        var page =
                Mapping.apply("pagerduty-open", view(newIncident, "pagerduty", "incident", Operation.OPEN, NO_TARGET));
        assertThat(page.at("/incident/urgency").asText()).isEqualTo(pagerDutyUrgency);
        var pageChange = Mapping.apply("pagerduty-update", showing(newIncident, "pagerduty", Status.OPEN, other));
        assertThat(pageChange.at("/incident/urgency").asText()).isEqualTo(pagerDutyUrgency);
        assertThat(pageChange.at("/incident/priority").asText()).isEqualTo(priority.name());

        var ticket = Mapping.apply(
                "servicenow-open", view(newIncident, "servicenow", "incident", Operation.OPEN, NO_TARGET));
        assertThat(ticket.path("impact").asText()).isEqualTo(impact);
        assertThat(ticket.path("urgency").asText()).isEqualTo(urgency);
        assertThat(ticket.has("priority")).isFalse();
        var ticketChange = Mapping.apply("servicenow-update", showing(newIncident, "servicenow", Status.OPEN, other));
        assertThat(ticketChange).isEqualTo(Mapping.json("{'impact': '" + impact + "', 'urgency': '" + urgency + "'}"));

        var declared = Mapping.apply(
                "datadog-open-incident", view(newIncident, "datadog", "incident", Operation.OPEN, NO_TARGET));
        assertThat(declared.at("/data/attributes/fields/severity/value").asText())
                .isEqualTo(severity);
        var declaredChange =
                Mapping.apply("datadog-update-incident", showing(newIncident, "datadog", Status.OPEN, other));
        assertThat(declaredChange.at("/data/attributes/fields/severity/value").asText())
                .isEqualTo(severity);
        var opened =
                Mapping.apply("datadog-open-case", view(newIncident, "datadog", "case", Operation.OPEN, NO_TARGET));
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
        var incident = Samples.newIncident("t", Priority.P1, desired);

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
        var incident = Samples.newIncident("t", Priority.P1, Status.RESOLVED);
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
        var incident = Samples.newIncident("t", Priority.P2, Status.ACKNOWLEDGED);

        // When
        var request = Mapping.apply("servicenow-update", showing(incident, "servicenow", Status.OPEN, Priority.P2));

        // Then
        assertThat(request).isEqualTo(Mapping.json("{'state': '2'}"));
    }

    @ParameterizedTest
    @EnumSource(Priority.class)
    void cutsTitlesToWhatEachVendorTakes(Priority priority) {
        // Given
        var incident = Samples.newIncident("x".repeat(5_000), priority, Status.OPEN);

        // Then
        assertThat(titles(incident)).allSatisfy((limit, title) -> assertThat(title)
                .hasSize(Integer.parseInt(limit.split(" ")[1]))
                .startsWith("[" + priority + "] xxx"));
    }

    @Property(tries = 60)
    void neverCutsACharacterInTwo(@ForAll("longTitles") String title) {
        // Given
        var incident = Samples.newIncident(title, Priority.P1, Status.OPEN);

        // Then
        assertThat(titles(incident)).allSatisfy((limit, cut) -> {
            assertThat(cut.codePointCount(0, cut.length())).isLessThanOrEqualTo(Integer.parseInt(limit.split(" ")[1]));
            assertThat("[P1] " + (title.isBlank() ? title : title.stripLeading()))
                    .startsWith(cut);
            assertThat(cut.codePoints().noneMatch(point -> point >= 0xd800 && point <= 0xdfff))
                    .isTrue();
        });
    }

    @Test
    void cutsADescriptionToTheTicketsColumn() {
        // Given
        var view = view(Samples.newIncident(), "servicenow", "incident", Operation.OPEN, NO_TARGET);
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

    private static JsonNode showing(Incident incident, String platform, Status status, Priority priority) {
        var known = incident.withPart(
                platform,
                "incident",
                part -> part.opened(
                        Samples.reference(platform, "incident"), new Known(status, priority, Samples.STARTED, -1)));
        return view(known, platform, "incident", Operation.UPDATE, NO_TARGET);
    }
}
