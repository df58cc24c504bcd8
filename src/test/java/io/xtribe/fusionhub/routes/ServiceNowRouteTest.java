package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Attempt;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.testing.Hints;

import static org.assertj.core.api.Assertions.assertThat;

/** Opens, reads, updates and cancels in ServiceNow. */
@VendorOperations(
        platform = "servicenow",
        value = {"createIncident", "getIncident", "listIncidents", "patchIncident"})
class ServiceNowRouteTest extends ServiceNowRouteFixture {

    private static final String REFUSAL =
            "{\"error\":{\"message\":\"Operation Failed\",\"detail\":\"Invalid assignment group\"},"
                    + "\"status\":\"failure\"}";

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
        var find = Step.find(tried, SERVICENOW, "incident", true);

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

    /** So that requests hold all that they can hold. */
    @Override
    Map<String, String> settings() {
        var settings = new HashMap<>(super.settings());
        settings.put("fusion.servicenow.caller-id", "6816f79cc0a8016401c5a33be04be441");
        settings.put("fusion.servicenow.assignment-group", "287ebd7da9fe198100f92cc8d1d2154e");
        return settings;
    }

    @Test
    void probes() {
        var exchange = template.request(
                "direct:servicenow-probe", asked -> asked.getIn().setBody(null));

        assertThat(exchange.getException()).isNull();
        assertThat(calls("servicenow")).hasSize(1);
    }
}
