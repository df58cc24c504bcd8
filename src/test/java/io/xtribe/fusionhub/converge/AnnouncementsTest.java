package io.xtribe.fusionhub.converge;

import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.EventSchemas;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncementsTest {

    @Test
    void saysNothingOfANewIncidentThatStandsNowhere() {
        assertThat(Announcements.due(Samples.newIncident())).isEmpty();
    }

    @Test
    void saysThatItIsOpenedPagedAndLinkedAsSoonAsItIs() {
        // Given
        var opened = Samples.opened();

        // Then
        assertThat(Announcements.due(opened)).containsExactly("opened");
        assertThat(Announcements.due(opened.pagedAt(Samples.STARTED))).containsExactly("opened", "paged");
        assertThat(Announcements.due(opened.pagedAt(Samples.STARTED).linkedAt(Samples.STARTED)))
                .containsExactly("linked", "opened", "paged");
    }

    @Test
    void saysEachChangeOfTheDesiredStateByItsGeneration() {
        // Given
        var acknowledged = Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P1);
        var resolved = acknowledged.announcing(Announcements.due(acknowledged)).desiring(Status.RESOLVED, Priority.P1);

        // Then
        assertThat(Announcements.due(acknowledged)).containsExactly("changed.2", "opened");
        assertThat(Announcements.due(resolved)).containsExactly("resolved.3");
    }

    @Test
    void saysARefusalOncePerGeneration() {
        // Given
        var refused = refused(Samples.opened(), "servicenow", "incident", "link");

        // Then
        assertThat(Announcements.due(refused)).containsExactly("opened", "rejected.1.servicenow.incident.link");
        assertThat(Announcements.due(refused.announcing(Announcements.due(refused))))
                .isEmpty();
    }

    /** Of another platform, of another record on the same one, and of something else on the same record. */
    @ParameterizedTest
    @CsvSource({"pagerduty, incident, link", "datadog, case, update", "servicenow, incident, update"})
    void saysWhatIsRefusedWhenAnotherRefusalIsOut(String platform, String part, String operation) {
        // Given
        var refused = refused(Samples.opened(), "servicenow", "incident", "link");
        var told = refused.announcing(Announcements.due(refused));

        // When
        var again = refused(told, platform, part, operation);

        // Then
        var event = "rejected.1." + platform + "." + part + "." + operation;
        assertThat(Announcements.due(again)).containsExactly(event);
        assertThat(Announcements.due(again.announcing(Set.of(event)))).isEmpty();
    }

    @Test
    void saysWhoRefusedWhatInTheVendorsWords() {
        // Given
        var refused = refused(refused(Samples.opened(), "servicenow", "incident", "link"), "datadog", "case", "update")
                .withPart(
                        "pagerduty",
                        "incident",
                        part -> part.rejected(new Rejection("update", 0, "older", 1, Samples.STARTED)));

        // When
        var event = Announcements.cloudEvent("rejected.1.datadog.case.update", refused);

        // Then
        assertThat(EventSchemas.violationsOfEvent(event)).isEmpty();
        assertThat(event.path("id").asText()).isEqualTo(Samples.ID + ".rejected.1.datadog.case.update");
        assertThat(event.path("type").asText()).isEqualTo("fusion.incident.rejected");
        assertThat(event.at("/data/rejections")).isEqualTo(Mapping.json("""
                [{'platform': 'datadog', 'part': 'case', 'operation': 'update', 'status': 400, 'words': 'no',
                  'at': '%1$s'},
                 {'platform': 'pagerduty', 'part': 'incident', 'operation': 'update', 'words': 'older', 'at': '%1$s'},
                 {'platform': 'servicenow', 'part': 'incident', 'operation': 'link', 'status': 400, 'words': 'no',
                  'at': '%1$s'}]""".formatted(Samples.STARTED)));
        assertThat(Announcements.cloudEvent("changed.1", refused).path("data").has("rejections"))
                .isFalse();
    }

    private static Incident refused(Incident incident, String platform, String part, String operation) {
        return incident.withPart(
                platform, part, known -> known.rejected(new Rejection(operation, 400, "no", 1, Samples.STARTED)));
    }

    @Test
    void saysNoMoreOfARefusalOfAnEarlierGeneration() {
        // Given
        var refused = Samples.opened()
                .withPart(
                        "servicenow",
                        "incident",
                        part -> part.rejected(new Rejection("update", 400, "no", 1, Samples.STARTED)));

        // When
        var resolved = refused.announcing(Announcements.due(refused)).desiring(Status.RESOLVED, Priority.P1);

        // Then
        assertThat(Announcements.due(resolved)).containsExactly("resolved.2");
    }

    @Test
    void repeatsNothingThatIsOut() {
        // Given
        var incident = Samples.opened().pagedAt(Samples.STARTED).linkedAt(Samples.STARTED);

        // When
        var settled = incident.settled(Announcements.due(incident));

        // Then
        assertThat(Announcements.due(settled)).isEmpty();
        assertThat(settled.isSettled()).isTrue();
    }

    @Test
    void saysNothingOfATriggerThatIsNotConfirmed() {
        // Given
        var unconfirmed = Samples.opened().withUnconfirmed(true);

        // Then
        assertThat(Announcements.due(unconfirmed)).isEmpty();
        assertThat(Announcements.due(unconfirmed.confirmed())).containsExactly("opened");
    }

    @Test
    void tellsInTheOrderOfAnIncidentsLife() {
        assertThat(Announcements.inOrder(
                        Set.of("resolved.3", "linked", "opened", "rejected.2.datadog.case.link", "paged", "changed.2")))
                .containsExactly(
                        "opened", "paged", "linked", "changed.2", "rejected.2.datadog.case.link", "resolved.3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"opened", "paged", "linked", "changed.2", "resolved.2"})
    void saysWhatIsDocumented(String event) {
        assertThat(EventSchemas.violationsOfEvent(Announcements.cloudEvent(event, Samples.opened())))
                .isEmpty();
    }

    @Test
    void tellsOfEachRecordWhereItIsFound() {
        // When
        var event = Announcements.cloudEvent("changed.2", Samples.opened().desiring(Status.RESOLVED, Priority.P2));

        // Then
        assertThat(event.path("id").asText()).isEqualTo(Samples.ID + ".changed.2");
        assertThat(event.path("type").asText()).isEqualTo("fusion.incident.changed");
        assertThat(event.path("subject").asText()).isEqualTo(Samples.ID);
        var data = event.path("data");
        assertThat(data.path("generation").asLong()).isEqualTo(2);
        assertThat(data.path("status").asText()).isEqualTo("RESOLVED");
        assertThat(data.path("priority").asText()).isEqualTo("P2");
        assertThat(data.path("origin").asText()).isEqualTo("datadog");
        assertThat(data.path("references").findValuesAsText("url"))
                .containsExactly(
                        "https://datadog.example/case/1",
                        "https://datadog.example/incident/1",
                        "https://pagerduty.example/incident/1",
                        "https://servicenow.example/incident/1");
    }
}
