package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.openapi.VendorOperations;
import io.xtribe.fusionhub.platform.PlatformStep;

import static org.assertj.core.api.Assertions.assertThat;

/** What the polls of Datadog ask, and what they make of the answers. */
@VendorOperations(
        platform = "datadog",
        value = {
            "GetIncident",
            "GetMonitor",
            "ListEvents",
            "ListIncidentAttachments",
            "SearchCases",
            "SearchIncidents",
            "SearchMonitorGroups"
        })
class DatadogPollRouteTest extends PollRouteFixture {

    @Test
    void anAlertHasTheKeyThatItsWebhookWouldHave() {
        var alert = sandbox.datadogAlert("P1", "checkout is slow");

        var signals = round("datadog", "events", request(ORGANISATION));

        assertThat(signals).hasSize(1);
        var signal = signals.get(0);
        assertThat(signal.path("key").asText()).isEqualTo(alert.path("cycle").asText());
        assertThat(signal.path("scope").asText()).isEqualTo(ORGANISATION);
        assertThat(signal.path("status").asText()).isEqualTo("Triggered");
        assertThat(signal.path("priority").asText()).isEqualTo("P1");
        assertThat(signal.path("title").asText()).isEqualTo("checkout is slow");
        assertThat(signal.path("firstSign").path("source").asText()).isEqualTo("datadog.monitor");
        assertThat(signal.path("firstSign").path("subject").asText())
                .isEqualTo(alert.path("monitor").asText());
    }

    @Test
    void aMonitorWithoutAPriorityHasNone() {
        sandbox.datadogAlert("", "who cares");

        assertThat(round("datadog", "events", request(ORGANISATION))
                        .get(0)
                        .path("priority")
                        .asText())
                .isEmpty();
    }

    @Test
    void alertsOfAnOrganisationThatIsNotKnownAreNotFedIn() {
        sandbox.datadogAlert("P1", "checkout is slow");

        assertThat(fails("datadog-poll-events", request(""))).contains("set fusion.datadog.org-id");
    }

    @Test
    void aRecoveryThatAMuteHasSwallowedIsRead() {
        var alert = sandbox.datadogAlert("P1", "checkout is slow");
        var request = request(ORGANISATION);
        standing(
                request,
                "datadog.monitor",
                ORGANISATION,
                alert.path("cycle").asText(),
                alert.path("monitor").asText());
        assertThat(round("datadog", "monitors", request.deepCopy())).isEmpty();
        assertThat(calls("datadog", "get-monitor"))
                .as("single reads while it alerts")
                .isZero();

        sandbox.datadogRecoversMuted(alert);
        var signals = round("datadog", "monitors", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("key").asText())
                .isEqualTo(alert.path("cycle").asText());
        assertThat(signals.get(0).path("status").asText()).isEqualTo("Recovered");
        assertThat(round("datadog", "events", request(ORGANISATION))).hasSize(1);
    }

    @Test
    void theRecoveryOfOneGroupIsReadWhileAnotherOneAlerts() {
        var first = sandbox.datadogAlert(group(4711, "host:a,env:prod", "Triggered"));
        sandbox.datadogAlert(group(4711, "env:prod,host:b", "Triggered"));
        var request = request(ORGANISATION);
        var cycle = first.path("cycle").asText();
        standing(request, "datadog.monitor", ORGANISATION, cycle, "4711", "4711@env:prod,host:a");
        standing(request, "datadog.monitor", ORGANISATION, "of b", "4711", "4711@env:prod,host:b");
        assertThat(round("datadog", "monitors", request)).isEmpty();
        assertThat(calls("datadog", "get-monitor"))
                .as("single reads while both alert")
                .isZero();

        sandbox.datadogRecoversMuted(first);
        var signals = round("datadog", "monitors", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("key").asText()).isEqualTo(cycle);
        assertThat(signals.get(0).path("series").asText()).isEqualTo("4711@env:prod,host:a");
        assertThat(signals.get(0).path("status").asText()).isEqualTo("Recovered");
        assertThat(round("datadog", "monitors", request))
                .as("told a moment ago")
                .isEmpty();
        assertThat(calls("datadog", "get-monitor")).isEqualTo(1);
    }

    @Test
    void anAlertWithoutAnEventIsFoundInTheThirdRoundAndOnce() {
        sandbox.datadogAlert(group(4711, "host:a", "Triggered"));
        var request = request(ORGANISATION);
        request.set("memory", JSON.createObjectNode().set("groups", object()));
        assertThat(round("datadog", "monitors", request)).isEmpty();
        assertThat(round("datadog", "monitors", request)).isEmpty();

        var signals = round("datadog", "monitors", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("firstSign").path("sign").asText()).isEqualTo("Triggered");
        assertThat(signals.get(0).path("series").asText()).isEqualTo("4711@host:a");
        assertThat(signals.get(0).path("priority").asText()).isEqualTo("P1");
        assertThat(signals.get(0).path("scope").asText()).isEqualTo(ORGANISATION);
        assertThat(round("datadog", "monitors", request)).isEmpty();
    }

    /** Who resolved it meant it: that its monitor still alerts opens nothing again. */
    @Test
    void anAlertWhoseIncidentWasResolvedIsNoNewOne() {
        sandbox.datadogAlert(group(4711, "host:a", "Triggered"));
        var request = request(ORGANISATION);
        request.set("memory", JSON.createObjectNode().set("groups", object()));
        standing(request, "datadog.monitor", ORGANISATION, "c", "4711", "4711@host:a");
        assertThat(round("datadog", "monitors", request)).isEmpty();

        request.putArray("standing");
        for (var round = 0; round < 4; round++) {
            assertThat(round("datadog", "monitors", request)).isEmpty();
        }
        assertThat(calls("datadog", "get-monitor")).isZero();
    }

    @Test
    void anAlertOfBeforePollingAndASilencedOneAreNotOpened() {
        sandbox.datadogAlert(group(4711, "host:old", "Triggered", "minutesAgo", 90));
        sandbox.datadogAlert(group(4711, "host:muted", "Triggered", "muted", true));
        var request = request(ORGANISATION);
        request.set("memory", JSON.createObjectNode().set("groups", object()));

        for (var round = 0; round < 4; round++) {
            assertThat(round("datadog", "monitors", request)).isEmpty();
        }
    }

    /** Ten calls for the list, none for each of them. */
    @Test
    void aThousandOpenIncidentsCostTenCallsARound() {
        var request = request(ORGANISATION);
        for (var monitor = 5_000; monitor < 5_010; monitor++) {
            var groups = new ArrayList<String>();
            for (var host = 0; host < 100; host++) {
                groups.add("env:prod,host:h" + host);
                standing(
                        request,
                        "datadog.monitor",
                        ORGANISATION,
                        "c" + monitor + host,
                        "" + monitor,
                        monitor + "@env:prod,host:h" + host);
            }
            sandbox.datadogAlert(Map.of("monitor", monitor, "groups", groups, "priority", "P1", "event", false));
        }
        sandbox.datadogRecoversMuted(
                JSON.createObjectNode().put("monitor", 5_000).put("scope", "env:prod,host:h0"));

        assertThat(round("datadog", "monitors", request)).hasSize(1);

        assertThat(calls("datadog", "search-monitor-groups")).isEqualTo(10);
        assertThat(calls("datadog", "get-monitor")).isEqualTo(1);
    }

    private static Map<String, Object> group(long monitor, String scope, String transition) {
        return Map.of(
                "monitor",
                monitor,
                "scope",
                scope,
                "transition",
                transition,
                "priority",
                "P1",
                "title",
                "slow",
                "event",
                false);
    }

    private static Map<String, Object> group(
            long monitor, String scope, String transition, String member, Object value) {
        var all = new HashMap<>(group(monitor, scope, transition));
        all.put(member, value);
        return all;
    }

    @Test
    void aMonitorThatIsGoneSaysNothing() {
        var request = request(ORGANISATION);
        standing(request, "datadog.monitor", ORGANISATION, "c", "4711");

        assertThat(round("datadog", "monitors", request)).isEmpty();
    }

    @Test
    void anIncidentThatWasDeclaredIsAFirstSign() {
        sandbox.datadogIncident("SEV-1", "declared");

        var signal = round("datadog", "incidents", request(ORGANISATION)).get(0);

        assertThat(signal.path("firstSign").path("previousPriority").asText()).isEmpty();
        assertThat(signal.path("status").asText()).isEqualTo("active");
        assertThat(signal.path("priority").asText()).isEqualTo("SEV-1");
    }

    /** Who knows how long it has been one: its webhook would have opened it. */
    @Test
    void whatDatadogHeldBeforePollingIsNoFirstSign() {
        sandbox.datadogIncident("SEV-1", "declared");
        var request = request(ORGANISATION);
        request.set("begun", moment(Instant.now().plusSeconds(1)));

        assertThat(round("datadog", "incidents", request)).isEmpty();
    }

    @Test
    void anIncidentThatWasResolvedIsRead() {
        var declared = sandbox.datadogIncident("SEV-1", "declared");
        var id = declared.path("id").asText();
        sandbox.changeDatadogIncident(id, Map.of("state", "resolved"));
        var request = request(ORGANISATION);
        standing(request, "datadog.incident", "", id, id)
                .withObjectProperty("records")
                .putObject("incident")
                .put("id", id);

        var signals = round("datadog", "incidents", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("status").asText()).isEqualTo("resolved");
    }

    @Test
    void anAttachmentThatIsGoneIsTold() {
        var declared = sandbox.datadogIncident("SEV-1", "declared").path("id").asText();

        var signals = round(
                "datadog", "links", linked(request(ORGANISATION), declared, "pagerduty", "https://acme.example/PD1"));

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("links").isArray()).isTrue();
        assertThat(signals.get(0).path("record").path("id").asText()).isEqualTo(declared);
    }

    @Test
    void nothingNewCostsOneCallOfDatadogForEachPollAndCasesASecondOneForThoseThatAreClosed() {
        round("datadog", "events", request(ORGANISATION));
        round("datadog", "monitors", request(ORGANISATION));
        round("datadog", "incidents", request(ORGANISATION));
        round("datadog", "cases", request(ORGANISATION));
        round("datadog", "links", request(ORGANISATION));

        assertThat(calls("datadog")).hasSize(5);
        assertThat(writes()).isZero();
    }

    private String fails(String route, ObjectNode request) {
        var exchange = template.request("direct:" + route, asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });
        assertThat(exchange.getException()).isNotNull();
        return exchange.getException().getMessage();
    }
}
