package io.xtribe.fusionhub.routes;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.Mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Pages, reads, updates and resolves in PagerDuty. */
@VendorOperations(
        platform = "pagerduty",
        value = {"createIncident", "getIncident", "listIncidents", "listPriorities", "listUsers", "updateIncident"})
class PagerDutyRouteTest extends PagerDutyRouteFixture {

    @Test
    void pagesWithAllOptionalFields() {
        // Given
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");
        var hints = Hints.of("checkout", "cto", "https://wiki.test/checkout", "PCHECKOUT", "PPOLICYCK", "");
        var incident = with(incident(hints), "datadog", "incident", datadogIncident);

        // When
        var answer = open(incident);

        // Then
        var page = record();
        assertThat(page.path("key").asText()).isEqualTo(ID);
        assertThat(page.path("title").asText()).isEqualTo("[P1] checkout latency above 2 s");
        assertThat(page.path("priority").asText()).isEqualTo("P1");
        assertThat(page.path("urgency").asText()).isEqualTo("high");
        assertThat(page.path("service").asText()).isEqualTo("PCHECKOUT");
        assertThat(page.path("escalation_policy").asText()).isEqualTo("PPOLICYCK");
        assertThat(page.path("description").asText())
                .contains(
                        "p95 is 3.1 s",
                        "Service: checkout\nTeam: cto\nRunbook: https://wiki.test/checkout",
                        datadogIncident.url(),
                        ID);
        assertThat(answer.path("id").asText()).isEqualTo(page.path("id").asText());
        assertThat(answer.path("key").asText()).isEqualTo(ID);
        assertThat(answer.path("status").asText()).isEqualTo("open");
        assertThat(answer.path("url").asText()).isEqualTo(page.path("url").asText());
        assertThat(calls(PAGERDUTY)).containsExactly("list-priorities", "create-incident");
    }

    @Test
    void pagesByTheConfiguredPolicyOnTheConfiguredServiceOnly() {
        // Given
        var hints = Hints.of("checkout", "", "", "PCHECKOUT", "", "");

        // When
        open(incident());

        // Then
        assertThat(record().path("service").asText()).isEqualTo("PSANDBOX1");
        assertThat(record().path("escalation_policy").asText()).isEqualTo("PPOLICYCK");
        assertThat(beans.get(Platforms.class).target(PAGERDUTY, incident(hints)))
                .containsEntry("service", "PCHECKOUT")
                .containsEntry("escalationPolicy", "");
    }

    @Test
    void pagesWithoutPriorityWhileTheAccountsPrioritiesAreUnknown() {
        open(incident());

        assertThat(record().path("priority").isNull()).isTrue();
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident");
    }

    @Test
    void pagesOnceMorePlainlyWhenThePriorityIsRefused() {
        // Given a priority that the account has deleted since it was read
        pagerduty().lists().remember("priorities", Mapping.json("{'sent': {'P1': {'id': 'PGONE'}}}"));

        // When
        var answer = open(incident());

        // Then
        assertThat(answer.path("id").asText()).isEqualTo(record().path("id").asText());
        assertThat(record().path("key").asText()).isEqualTo(ID);
        assertThat(record().path("urgency").asText()).isEqualTo("high");
        assertThat(record().path("priority").isNull()).isTrue();
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident", "create-incident");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service", "policy without anybody on call"})
    void pagesTheDefaultServiceWhenTheHintedTargetIsRefused(String refused) {
        var hints = refused.equals("service")
                ? Hints.of("", "", "", "PUNKNOWN", "", "")
                : Hints.of("", "", "", "", "PPOLICYNO", "");

        open(incident(hints));

        assertThat(record().path("service").asText()).isEqualTo("PSANDBOX1");
        assertThat(calls(PAGERDUTY, "create-incident")).isEqualTo(2);
        assertThat(remark())
                .startsWith("tried again with title, default service, key and urgency only: ")
                .contains(refused.equals("service") ? "Service Not Found" : "Nobody On Call");
    }

    /** The incident that has it is found, and adopted, by the next step. */
    @Test
    void hearsThatAnOpenIncidentHasOurKeyAlready() {
        // Given an incident of ours that is over, and one that is open
        var first = open(incident()).path("id").asText();
        sandbox.changePagerDutyIncident(first, Map.of("status", "resolved"));
        open(incident());

        // When
        var failure = failure(step(incident(), PAGERDUTY, "incident", Operation.OPEN));

        // Then
        assertThat(failure.kind()).isEqualTo(Kind.ALREADY);
        assertThat(records(PAGERDUTY, "incident")).hasSize(2);
        assertThat(calls(PAGERDUTY, "create-incident")).isEqualTo(3);
    }

    @Test
    void triesNoMoreWhenThePageUnderANeutralTitleIsRefusedToo() {
        sandbox.fault(PAGERDUTY, "create-incident").status(400).always().inject();

        var failure = failure(step(incident(), PAGERDUTY, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.getMessage()).contains("Invalid Input Provided");
        assertThat(calls(PAGERDUTY)).hasSize(4).containsOnly("create-incident");
    }

    @Test
    void doesNotPageAgainAfterAnUnknownOutcome() {
        sandbox.fault(PAGERDUTY, "create-incident").drop().inject();

        var failure = failure(step(incident(), PAGERDUTY, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident");
    }

    @Test
    void findsOpenAndResolvedIncidentsByOurKey() {
        // Given
        var over = open(incident()).path("id").asText();
        sandbox.changePagerDutyIncident(over, Map.of("status", "resolved"));
        var current = open(incident()).path("id").asText();
        sandbox.pagerDutyIncident("P1", "somebody else's");

        // When
        var found = run(step(incident(), PAGERDUTY, "incident", Operation.FIND));

        // Then
        assertThat(found.findValuesAsText("id")).containsExactlyInAnyOrder(over, current);
        assertThat(found.findValuesAsText("key")).containsOnly(ID);
        assertThat(found.findValuesAsText("status")).containsExactlyInAnyOrder("resolved", "open");
    }

    @Test
    void findsNothingWhenNothingHasOurKey() {
        sandbox.pagerDutyIncident("P1", "somebody else's");

        assertThat(run(step(incident(), PAGERDUTY, "incident", Operation.FIND))).isEmpty();
    }

    @Test
    void readsTheIncidentAsItStands() {
        // Given
        var opened = opened();
        var id = opened.part(PAGERDUTY, "incident").reference().id();
        sandbox.changePagerDutyIncident(id, Map.of("status", "acknowledged", "priority", "P2"));

        // When
        var answer = run(step(opened, PAGERDUTY, "incident", Operation.READ));

        // Then
        assertThat(answer.path("id").asText()).isEqualTo(id);
        assertThat(answer.path("status").asText()).isEqualTo("acknowledged");
        assertThat(answer.path("priority").asText()).isEqualTo("P2");
    }

    @Test
    void readsNothingOfADeletedIncident() {
        var gone = with(incident(), PAGERDUTY, "incident", pagerDutyIncident);

        var failure = failure(step(gone, PAGERDUTY, "incident", Operation.READ));

        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
    }

    @Test
    void updatesOnlyTheStatusWhereThePriorityIsRight() {
        var opened = opened();

        var answer =
                run(step(opened.desiring(Status.ACKNOWLEDGED, Priority.P1), PAGERDUTY, "incident", Operation.UPDATE));

        assertThat(answer.path("status").asText()).isEqualTo("acknowledged");
        assertThat(record().path("status").asText()).isEqualTo("acknowledged");
        assertThat(record().path("priority").isNull()).isTrue();
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident", "update-incident");
    }

    @Test
    void updatesPriorityAndUrgencyTogether() {
        var opened = opened();

        var answer = run(step(opened.desiring(Status.OPEN, Priority.P3), PAGERDUTY, "incident", Operation.UPDATE));

        assertThat(answer.path("priority").asText()).isEqualTo("P3");
        assertThat(record().path("urgency").asText()).isEqualTo("low");
        assertThat(record().path("status").asText()).isEqualTo("triggered");
        assertThat(calls(PAGERDUTY, "update-incident")).isEqualTo(1);
    }

    @Test
    void resolves() {
        run(step(opened().desiring(Status.RESOLVED, Priority.P1), PAGERDUTY, "incident", Operation.UPDATE));

        assertThat(record().path("status").asText()).isEqualTo("resolved");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void updatesTheStatusWhereTheAccountHasNoPriorities(int status) {
        var opened = opened();
        sandbox.settings(Map.of("features", Map.of("pagerduty.priorities", status)));

        var answer =
                run(step(opened.desiring(Status.ACKNOWLEDGED, Priority.P2), PAGERDUTY, "incident", Operation.UPDATE));

        assertThat(answer.path("status").asText()).isEqualTo("acknowledged");
        assertThat(remark()).startsWith("updated without the priority: ");
        assertThat(record().path("urgency").asText()).isEqualTo("high");
    }

    /** A person was faster. */
    @Test
    void readsWhatIsResolvedAlready() {
        sandbox.settings(Map.of("features", Map.of("pagerduty.strictTransitions", true)));
        var opened = opened();
        sandbox.changePagerDutyIncident(record().path("id").asText(), Map.of("status", "resolved"));
        var resolved = opened.desiring(Status.RESOLVED, Priority.P1);
        store.create(resolved);
        var update = step(resolved, PAGERDUTY, "incident", Operation.UPDATE);

        steps.succeeded(update, run(update));

        var part = store.get(ID).part(PAGERDUTY, "incident");
        assertThat(part.known().status().value()).isEqualTo(Status.RESOLVED);
        assertThat(part.rejections()).isEmpty();
        assertThat(calls(PAGERDUTY)).containsExactly("create-incident", "update-incident", "get-incident");
    }

    @Test
    void theProbeNeedsNoRightToReadUsers() {
        sandbox.fault(PAGERDUTY, "list-users").status(403).inject();

        assertThat(template.request("direct:pagerduty-probe", exchange -> {}).getException())
                .isNull();
    }

    @Test
    void theProbeFailsWhileTheSenderHasLeft() {
        sandbox.settings(Map.of("features", Map.of("pagerduty.hubUser", false)));

        assertThat(template.request("direct:pagerduty-probe", exchange -> {}).getException())
                .hasMessageContaining("no user of the account");
        assertThat(failure(step(incident(), PAGERDUTY, "incident", Operation.OPEN))
                        .kind())
                .isEqualTo(Kind.ACCOUNT);
    }

    @Test
    void resolvesASecondIncidentOfOurs() {
        // Given
        var opened = opened();
        var second = sandbox.pagerDutyIncident("P1", "second").path("id").asText();

        // When
        run(close(opened, PAGERDUTY, "incident", second));

        // Then
        assertThat(records(PAGERDUTY, "incident"))
                .extracting(record ->
                        record.path("id").asText() + " " + record.path("status").asText())
                .containsExactlyInAnyOrder(
                        second + " resolved",
                        opened.part(PAGERDUTY, "incident").reference().id() + " triggered");
    }

    @Test
    void takesASecondIncidentThatSomebodyHasResolvedForClosed() {
        // Given
        sandbox.settings(Map.of("features", Map.of("pagerduty.strictTransitions", true)));
        var opened = opened();
        var second = sandbox.pagerDutyIncident("P1", "second").path("id").asText();
        run(close(opened, PAGERDUTY, "incident", second));

        // Then nothing has to be done
        assertThat(failure(close(opened, PAGERDUTY, "incident", second)).kind()).isEqualTo(Kind.ALREADY);
        assertThat(calls(PAGERDUTY, "update-incident")).isEqualTo(2);
    }

    @Test
    void remembersTheIdsOfTheAccountsPriorities() {
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");

        assertThat(priority("P1")).isEqualTo("PPRIO01");
    }

    @Test
    void goesOnWithoutPrioritiesWhereTheAccountHasNone() throws Exception {
        sandbox.settings(Map.of("features", Map.of("pagerduty.priorities", 402)));

        context.getRouteController().startRoute("platform-lists");

        await().atMost(SOON).until(() -> calls(PAGERDUTY, "list-priorities") == 1);
        assertThat(priority("P1")).isEmpty();

        sandbox.settings(Map.of("features", Map.of("pagerduty.priorities", true)));
        await().atMost(SOON).until(() -> !priority("P1").isEmpty());
    }

    /** The id of a priority by which an incident would be opened now, or an empty text. */
    private String priority(String name) {
        return beans.get(Platforms.class)
                .target(PAGERDUTY, incident().desiring(Status.OPEN, Priority.valueOf(name)))
                .get("priority");
    }

    @Test
    void probesAndAsksWhoseItIs() {
        for (var route : List.of("pagerduty-probe", "pagerduty-speaker")) {
            var exchange =
                    template.request("direct:" + route, asked -> asked.getIn().setBody(null));

            assertThat(exchange.getException()).as(route).isNull();
        }
        assertThat(calls("pagerduty")).isNotEmpty();
    }

    @Test
    void pollsWithTheFirstEntryOfTheLog() {
        sandbox.pagerDutyIncident("P1", "paged");
        var request = Json.literal("""
                {"since": {"iso": "2026-01-31T12:00:00Z"}, "begun": {"iso": "2026-01-31T12:00:00Z"}, "standing": []}""");

        var exchange = template.request("direct:pagerduty-poll-incidents", asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });

        assertThat(exchange.getException()).isNull();
    }
}
