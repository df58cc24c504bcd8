package io.xtribe.fusionhub.converge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** The mapping files that write links. */
class LinkMappingsTest extends RequestMappingFixture {

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
        assertThat(Mapping.apply(mapping, taken).has("correlation_display")).isFalse();
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

    private static JsonNode links(Incident incident, String platform, String part) {
        var profile = Samples.PROFILES.stream()
                .filter(candidate -> candidate.name().equals(platform))
                .findFirst()
                .orElseThrow();
        var links = Plan.wantedLinks(incident, Samples.PROFILES, profile, part);
        return view(Step.link(incident, platform, part, links, false), NO_TARGET);
    }

    private static Incident logged(boolean keyTaken) {
        var incident =
                Samples.opened(Samples.opened(Samples.newIncident(), "datadog", "incident"), "pagerduty", "incident");
        return incident.withPart(
                "servicenow",
                "incident",
                part -> part.opened(
                        new Reference("s1", "INC1", "https://now.example/s1", false, keyTaken),
                        Samples.showing(incident)));
    }
}
