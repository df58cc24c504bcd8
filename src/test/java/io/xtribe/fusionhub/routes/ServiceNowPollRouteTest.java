package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.openapi.VendorOperations;

import static org.assertj.core.api.Assertions.assertThat;

/** What the polls of ServiceNow ask, and what they make of the answers. */
@VendorOperations(
        platform = "servicenow",
        value = {"listIncidents", "listJournalEntries"})
class ServiceNowPollRouteTest extends PollRouteFixture {

    /** Who knows how long it has been one: its webhook would have opened it. */
    @Test
    void whatServicenowHeldBeforePollingIsNoFirstSign() {
        sandbox.serviceNowIncident(1, 1, "logged");
        var request = request("sandbox");
        request.set("begun", moment(Instant.now().plusSeconds(1)));

        var ticket = round("servicenow", "incidents", request).get(0);
        assertThat(ticket.path("firstSign").path("previousPriority").asText()).isEqualTo("1");
    }

    @Test
    void aTicketIsToldAsItsBusinessRuleWouldHave() {
        var logged = sandbox.serviceNowIncident(1, 1, "checkout is slow");
        sandbox.serviceNowIncident(3, 3, "a question");

        var signals = round("servicenow", "incidents", request("sandbox"));

        assertThat(signals).hasSize(1);
        var signal = signals.get(0);
        assertThat(signal.path("kind").asText()).isEqualTo("triggered");
        assertThat(signal.path("key").asText()).isEqualTo(logged.path("id").asText());
        assertThat(signal.path("scope").asText()).isEqualTo("sandbox");
        assertThat(signal.path("priority").asText()).isEqualTo("1");
        assertThat(signal.path("status").asText()).isEqualTo("1");
        assertThat(signal.path("version").asLong()).isZero();
        assertThat(signal.path("record").path("number").asText()).startsWith("INC");
        assertThat(signal.path("record").path("keyTaken").asBoolean()).isFalse();
    }

    @Test
    void aTicketThatWasLoweredIsFoundByItsMark() {
        var logged = sandbox.serviceNowIncident(1, 1, "checkout is slow");
        var id = logged.path("id").asText();
        sandbox.changeServiceNowIncident(
                id, Map.of("correlation_display", "fusion-hub", "correlation_id", "fx-1", "impact", "3"));

        var signals = round("servicenow", "incidents", request("sandbox"));

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("priority").asText()).isEqualTo("3");
        assertThat(signals.get(0).path("firstSign").isNull()).isTrue();
    }

    @Test
    void whatWasWrittenInTheJournalIsFound() {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        sandbox.changeServiceNowIncident(logged, Map.of("work_notes", "the disk is full"));
        var request = linked(request("sandbox"), logged, "pagerduty", "https://acme.example/PD1");

        var signals = round("servicenow", "journal", request);

        assertThat(signals).hasSize(1);
        var comment = signals.get(0).path("comments").path(0);
        assertThat(comment.path("text").asText()).isEqualTo("the disk is full");
        assertThat(comment.path("id").asText()).isNotEmpty();
        assertThat(comment.path("audience").asText()).isEqualTo("internal");
    }

    @Test
    void theJournalOfWhatHasJustEndedIsReadAsWell() {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        sandbox.changeServiceNowIncident(logged, Map.of("work_notes", "restarted it"));
        var request = request("sandbox");
        ended(request, logged);

        var signals = round("servicenow", "journal", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("comments").path(0).path("text").asText())
                .isEqualTo("restarted it");
    }

    /** Whatever the watermark: it is not looked at each round. */
    @Test
    void theWholeJournalOfWhatIsOverIsRead() {
        var open = sandbox.serviceNowIncident(1, 1, "open").path("id").asText();
        var over = sandbox.serviceNowIncident(1, 1, "over").path("id").asText();
        sandbox.changeServiceNowIncident(open, Map.of("work_notes", "known already"));
        sandbox.changeServiceNowIncident(over, Map.of("work_notes", "the disk was full"));
        var request = linked(request("sandbox"), open, "pagerduty", "https://acme.example/PD1");
        request.set("since", moment(Instant.now().plusSeconds(60)));
        ended(request, over);

        var signals = round("servicenow", "journal", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("comments").path(0).path("text").asText())
                .isEqualTo("the disk was full");
    }

    /** It has neither our mark nor an opened priority any more. */
    @Test
    void somebodyElsesTicketThatIsOverIsReadAsWell() {
        var over = sandbox.serviceNowIncident(1, 1, "over").path("id").asText();
        sandbox.changeServiceNowIncident(over, Map.of("impact", "3", "urgency", "3"));
        var request = request("sandbox");
        request.set("since", moment(Instant.now().plusSeconds(60)));
        ended(request, over);

        var signals = round("servicenow", "incidents", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("priority").asText()).isEqualTo("5");
    }

    @Test
    void theJournalOfMoreThanAHundredIncidentsIsReadInParts() {
        var request = request("sandbox");
        for (int at = 0; at < 130; at++) {
            linked(request, "%032x".formatted(at), "pagerduty", "https://acme.example/" + at);
        }
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        sandbox.changeServiceNowIncident(logged, Map.of("work_notes", "the disk is full"));
        linked(request, logged, "pagerduty", "https://acme.example/PD1");

        assertThat(round("servicenow", "journal", request)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void aJournalThatIsHiddenSaysNothing(int status) {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        sandbox.changeServiceNowIncident(logged, Map.of("work_notes", "the disk is full"));
        sandbox.settings(Map.of("features", Map.of("servicenow.journal", status == 200 ? false : status)));
        var request = linked(request("sandbox"), logged, "pagerduty", "https://acme.example/PD1");

        assertThat(round("servicenow", "journal", request)).isEmpty();
    }

    @Test
    void aTicketTellsOfItsColumnsUnlessOneIsHidden() {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        var request = linked(request("sandbox"), logged, "pagerduty", "https://acme.example/PD1");

        assertThat(round("servicenow", "incidents", request.deepCopy()).get(0).path("links"))
                .hasSize(1);

        sandbox.settings(Map.of("features", Map.of("servicenow.linkColumns", false)));
        assertThat(round("servicenow", "incidents", request)
                        .get(0)
                        .path("links")
                        .isArray())
                .isFalse();
    }

    @Test
    void nothingNewCostsOneCallOfServiceNow() {
        round("servicenow", "incidents", request("sandbox"));

        assertThat(calls("servicenow")).hasSize(1);
        assertThat(writes()).isZero();
    }

    /** As when somebody changes many at once: the time alone does not tell where to go on. */
    @Test
    void aPageThatChangedInOneSecondIsFollowedByTheRestOfThatSecond() {
        sandbox.fault("servicenow", "query-incidents")
                .status(200)
                .body(ticketsOf("2026-11-29 10:00:00", 100))
                .inject();
        var request = request("sandbox");

        request.set("next", page("servicenow-poll-incidents", request).get("next"));

        assertThat(request.path("next").path("time").asText()).isEqualTo("10:00:00");
        assertThat(request.path("next").path("offset").asInt()).isEqualTo(100);
        sandbox.fault("servicenow", "query-incidents")
                .status(200)
                .body(ticketsOf("2026-11-29 10:00:00", 7))
                .inject();
        assertThat(page("servicenow-poll-incidents", request).path("next").isNull())
                .isTrue();
    }

    private static String ticketsOf(String second, int count) {
        var answer = object();
        var tickets = answer.putArray("result");
        for (int at = 0; at < count; at++) {
            var ticket = tickets.addObject();
            ticket.putObject("sys_id").put("value", "id" + at);
            ticket.putObject("sys_updated_on").put("value", second);
            ticket.putObject("sys_mod_count").put("value", "1");
        }
        return answer.toString();
    }
}
