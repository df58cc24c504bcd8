package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceNowRouteTest extends PlatformRouteTest {

    private static final String SERVICENOW = "servicenow";
    private static final String DEFAULT_GROUP = "487ebd7da9fe198100f92cc8d1d2154e";
    private static final String CHECKOUT_GROUP = "387ebd7da9fe198100f92cc8d1d2154e";
    private static final String UNKNOWN_GROUP = "00000000000000000000000000000bad";

    private static final String REFUSAL =
            "{\"error\":{\"message\":\"Operation Failed\",\"detail\":\"Invalid assignment group\"},"
                    + "\"status\":\"failure\"}";

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.servicenow.assignment-group", DEFAULT_GROUP);
    }

    @Override
    List<String> routeFiles() {
        return List.of(
                "error-handling.camel.yaml",
                "converge.camel.yaml",
                "platforms.camel.yaml",
                "links.camel.yaml",
                "platforms/servicenow/servicenow.camel.yaml");
    }

    private JsonNode open(Incident incident) {
        return run(step(incident, SERVICENOW, "incident", Operation.OPEN));
    }

    private Incident opened() {
        return with(incident(), SERVICENOW, "incident", referenceOf(open(incident())));
    }

    /** An incident that a client logged. */
    private Incident logged(boolean keyTaken, Map<String, ?> changes) {
        var record = sandbox.serviceNowIncident(1, 1, "Shop is slow");
        var id = record.path("id").asText();
        sandbox.changeServiceNowIncident(id, changes);
        var reference = new Reference(
                id, record.path("number").asText(), record.path("url").asText(), false, keyTaken);
        return with(incident(), SERVICENOW, "incident", reference);
    }

    private static JsonNode record() {
        return records(SERVICENOW, "incident").get(0);
    }

    @Test
    void opensWithOurKeyAndMark() {
        // When
        var answer = open(incident(Hints.of("", "", "https://wiki.test/checkout", "", "", "")));

        // Then
        var record = record();
        assertThat(record.path("key").asText()).isEqualTo(ID);
        assertThat(record.path("correlation_display").asText()).isEqualTo("fusion-hub");
        assertThat(record.path("title").asText()).isEqualTo("[P1] checkout latency above 2 s");
        assertThat(record.path("description").asText()).contains("p95 is 3.1 s", "https://wiki.test/checkout", ID);
        assertThat(record.path("priority").asText()).isEqualTo("1");
        assertThat(answer.path("id").asText()).isEqualTo(record.path("id").asText());
        assertThat(answer.path("number").asText())
                .isEqualTo(record.path("number").asText());
        assertThat(answer.path("url").asText()).isEqualTo(record.path("url").asText());
        assertThat(answer.path("key").asText()).isEqualTo(ID);
        assertThat(answer.path("status").asText()).isEqualTo("open");
        assertThat(answer.path("priority").asText()).isEqualTo("P1");
        assertThat(answer.path("version").asInt(-1)).isNotNegative();
        assertThat(calls(SERVICENOW)).containsExactly("create-incident");
    }

    private static Incident ownedBy(String group) {
        return incident(Hints.of("checkout", "payments", "", "", "", group));
    }

    private static String owner() {
        return record().path("assignment_group").asText();
    }

    @Test
    void opensForTheGroupOfTheService() {
        open(ownedBy(CHECKOUT_GROUP));

        assertThat(owner()).isEqualTo(CHECKOUT_GROUP);
        assertThat(record().path("description").asText()).contains("Service: checkout\nTeam: payments\n");
        assertThat(remark()).isNull();
        assertThat(calls(SERVICENOW)).containsExactly("create-incident");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handsOverToTheDefaultGroupWhatNoGroupOwns(boolean dropped) {
        sandbox.settings(Map.of("features", Map.of("servicenow.dropsUnknownReferences", dropped)));

        var answer = open(ownedBy(UNKNOWN_GROUP));

        assertThat(owner())
                .isEqualTo(settings("servicenow").text("assignment-group").orElseThrow());
        assertThat(answer.path("id").asText()).isEqualTo(record().path("id").asText());
        assertThat(answer.path("key").asText()).isEqualTo(ID);
        assertThat(remark())
                .isEqualTo("given to the default assignment group: ServiceNow has no group " + UNKNOWN_GROUP);
        assertThat(calls(SERVICENOW)).containsExactly("create-incident", "update-incident");
    }

    @Test
    void opensForTheDefaultGroupWhatIsRefusedWithTheHintedOne() {
        sandbox.fault(SERVICENOW, "create-incident").status(403).body(REFUSAL).inject();

        var answer = open(ownedBy(UNKNOWN_GROUP));

        assertThat(owner())
                .isEqualTo(settings("servicenow").text("assignment-group").orElseThrow());
        assertThat(answer.path("id").asText()).isEqualTo(record().path("id").asText());
        assertThat(remark())
                .startsWith("tried again for the default assignment group: ")
                .contains("Invalid assignment group");
        assertThat(calls(SERVICENOW)).containsExactly("create-incident", "create-incident");
    }

    @Test
    void isOpenEvenIfNobodyCanBeMadeItsOwner() {
        sandbox.fault(SERVICENOW, "update-incident").drop().inject();

        var answer = open(ownedBy(UNKNOWN_GROUP));

        assertThat(answer.path("id").asText()).isEqualTo(record().path("id").asText());
        assertThat(answer.path("key").asText()).isEqualTo(ID);
        assertThat(remark()).contains(UNKNOWN_GROUP, "and the default one was not taken");
        assertThat(calls(SERVICENOW)).containsExactly("create-incident", "update-incident");
    }

    @Test
    void doesNotAskTwiceForTheDefaultGroup() {
        sandbox.fault(SERVICENOW, "create-incident")
                .status(403)
                .body(REFUSAL)
                .always()
                .inject();

        assertThat(failure(step(incident(), SERVICENOW, "incident", Operation.OPEN))
                        .kind())
                .isEqualTo(Kind.REJECTED);

        // As it is, without its description, and under a neutral title.
        assertThat(calls(SERVICENOW)).hasSize(3).containsOnly("create-incident");
    }

    @Test
    void doesNotOpenAgainAfterAnUnknownOutcome() {
        sandbox.fault(SERVICENOW, "create-incident").drop().inject();

        var failure = failure(step(incident(), SERVICENOW, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(calls(SERVICENOW)).containsExactly("create-incident");
    }

    @Test
    void keepsTheVendorsWordsOfARefusal() {
        sandbox.fault(SERVICENOW, "create-incident")
                .status(403)
                .body("{\"error\":{\"message\":\"Operation Failed\",\"detail\":\"Data Policy Exception: Caller\"},"
                        + "\"status\":\"failure\"}")
                .always()
                .inject();

        var failure = failure(step(incident(), SERVICENOW, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.getMessage()).contains("Data Policy Exception: Caller");
    }

    @Test
    void findsByOurKeyWhateverTheState() {
        // Given
        var open = open(incident()).path("id").asText();
        var over = open(incident()).path("id").asText();
        sandbox.changeServiceNowIncident(over, Map.of("state", "8"));
        sandbox.serviceNowIncident(1, 1, "somebody else's");

        // When
        var found = run(step(incident(), SERVICENOW, "incident", Operation.FIND));

        // Then
        assertThat(found.findValuesAsText("id")).containsExactlyInAnyOrder(open, over);
        assertThat(found.findValuesAsText("status")).containsExactlyInAnyOrder("open", "closed");
    }

    @Test
    void takesNothingForOursWhenTheInstanceDropsTheQuery() {
        // Given an instance that passes over the query and returns what it has
        sandbox.fault(SERVICENOW, "query-incidents")
                .status(200)
                .body("{\"result\":[{\"sys_id\":\"a1\",\"correlation_id\":\"\",\"state\":\"1\"},"
                        + "{\"sys_id\":\"a2\",\"correlation_id\":\"" + ID + ".2\",\"state\":\"1\"}]}")
                .inject();
        var tried = incident()
                .withPart(
                        SERVICENOW,
                        "incident",
                        part -> part.attempting(new Attempt(
                                "token", Map.of(), Duration.ofSeconds(30).toMillis(), "hub", Instant.EPOCH, true)));
        store.create(tried);
        var find = new Step(tried, SERVICENOW, "incident", Operation.FIND, true, true, Map.of(), "");

        // When
        var next = steps.succeeded(find, run(find));

        // Then the create that was looked for is made again
        assertThat(next).map(Step::operation).contains(Operation.OPEN);
        assertThat(store.get(ID).part(SERVICENOW, "incident").isOpened()).isFalse();
    }

    @Test
    void readsTheIncidentAsItStands() {
        // Given
        var opened = opened();
        sandbox.changeServiceNowIncident(record().path("id").asText(), Map.of("state", "2", "urgency", "2"));

        // When
        var answer = run(step(opened, SERVICENOW, "incident", Operation.READ));

        // Then
        assertThat(answer.path("status").asText()).isEqualTo("acknowledged");
        assertThat(answer.path("priority").asText()).isEqualTo("P2");
        assertThat(calls(SERVICENOW)).containsExactly("create-incident", "get-incident");
    }

    @Test
    void readsNothingOfADeletedIncident() {
        var gone = with(incident(), SERVICENOW, "incident", serviceNowIncident);

        assertThat(failure(step(gone, SERVICENOW, "incident", Operation.READ)).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"ACKNOWLEDGED, 2, acknowledged", "RESOLVED, 6, resolved"})
    void updatesTheState(Status status, String state, String shown) {
        var opened = opened();

        var answer = run(step(opened.desiring(status, Priority.P1), SERVICENOW, "incident", Operation.UPDATE));

        assertThat(answer.path("status").asText()).isEqualTo(shown);
        assertThat(record().path("status").asText()).isEqualTo(state);
        assertThat(record().path("priority").asText()).isEqualTo("1");
        assertThat(calls(SERVICENOW, "update-incident")).isEqualTo(1);
    }

    @Test
    void reopensAResolvedIncident() {
        // Given
        var opened = opened();
        var resolved = opened.desiring(Status.RESOLVED, Priority.P1);
        run(step(resolved, SERVICENOW, "incident", Operation.UPDATE));
        var reference = opened.part(SERVICENOW, "incident").reference();

        // When
        var reopened = with(incident().desiring(Status.RESOLVED, Priority.P1), SERVICENOW, "incident", reference)
                .desiring(Status.OPEN, Priority.P1);
        var answer = run(step(reopened, SERVICENOW, "incident", Operation.UPDATE));

        // Then
        assertThat(answer.path("status").asText()).isEqualTo("acknowledged");
        assertThat(record().path("status").asText()).isEqualTo("2");
    }

    @Test
    void updatesThePriorityThroughImpactAndUrgency() {
        var opened = opened();

        var answer = run(step(opened.desiring(Status.OPEN, Priority.P3), SERVICENOW, "incident", Operation.UPDATE));

        assertThat(answer.path("priority").asText()).isEqualTo("P3");
        assertThat(record().path("status").asText()).isEqualTo("1");
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

    @Test
    void cancelsASecondIncidentOfOurs() {
        // Given
        var opened = opened();
        var second = open(incident()).path("id").asText();

        // When
        run(close(opened, SERVICENOW, "incident", second));

        // Then
        var first = opened.part(SERVICENOW, "incident").reference();
        assertThat(records(SERVICENOW, "incident")).anySatisfy(record -> {
            assertThat(record.path("id").asText()).isEqualTo(second);
            assertThat(record.path("status").asText()).isEqualTo("8");
            assertThat(texts(record.path("work_notes")))
                    .singleElement()
                    .asString()
                    .contains(first.url());
        });
        assertThat(records(SERVICENOW, "incident")).anySatisfy(record -> {
            assertThat(record.path("id").asText()).isEqualTo(first.id());
            assertThat(record.path("status").asText()).isEqualTo("1");
        });
    }
}
