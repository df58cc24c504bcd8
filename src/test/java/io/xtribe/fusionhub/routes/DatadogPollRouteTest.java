package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.PlatformStep;

import static org.assertj.core.api.Assertions.assertThat;

/** What the polls of Datadog ask, and what they make of the answers. */
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
    void nothingNewCostsOneCallOfDatadogForEachPoll() {
        round("datadog", "events", request(ORGANISATION));
        round("datadog", "monitors", request(ORGANISATION));
        round("datadog", "incidents", request(ORGANISATION));
        round("datadog", "cases", request(ORGANISATION));
        round("datadog", "links", request(ORGANISATION));

        assertThat(calls("datadog")).hasSize(4);
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
