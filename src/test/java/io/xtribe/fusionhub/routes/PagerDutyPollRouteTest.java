package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.openapi.VendorOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the polls of PagerDuty ask, and what they make of the answers. */
@VendorOperations(
        platform = "pagerduty",
        value = {
            "createWebhookSubscription",
            "enableWebhookSubscription",
            "getIncident",
            "getIncidentFieldValues",
            "listIncidentNotes",
            "listIncidents",
            "listWebhookSubscriptions"
        })
class PagerDutyPollRouteTest extends PollRouteFixture {

    /** Who knows how long it has been one: its webhook would have opened it. */
    @Test
    void whatPagerdutyHeldBeforePollingIsNoFirstSign() {
        sandbox.pagerDutyIncident("P1", "paged");
        var request = request("");
        request.set("begun", moment(Instant.now().plusSeconds(1)));

        var page = round("pagerduty", "incidents", request).get(0);
        assertThat(page.path("firstSign").isNull()).isTrue();
    }

    /** A page holds 100, and the second page begins with the second in which the first one ended. */
    @Test
    void aRoundHasAsManyPagesAsItNeeds() {
        for (int at = 0; at < 130; at++) {
            sandbox.pagerDutyIncident("P2", "page " + at);
        }

        assertThat(round("pagerduty", "incidents", request(""))).hasSize(130);
        assertThat(calls("pagerduty", "list-incidents")).isEqualTo(2);
    }

    @Test
    void aPageOfAPersonIsAFirstSignOfAPerson() {
        var paged = sandbox.pagerDutyIncident("P1", "checkout is slow");

        var signal = round("pagerduty", "incidents", request("")).get(0);

        assertThat(signal.path("firstSign").path("source").asText()).isEqualTo("pagerduty.manual");
        assertThat(signal.path("key").asText()).isEqualTo(paged.path("id").asText());
        assertThat(signal.path("priority").asText()).isEqualTo("P1");
        assertThat(signal.path("status").asText()).isEqualTo("triggered");
    }

    @Test
    void aSnoozeIsAnAcknowledgement() {
        var paged = sandbox.pagerDutyIncident("P1", "checkout is slow");
        sandbox.changePagerDutyIncident(paged.path("id").asText(), Map.of("snooze", 3600));

        var signals = round("pagerduty", "incidents", request(""));

        assertThat(signals.get(0).path("status").asText()).isEqualTo("acknowledged");
    }

    @Test
    void whatWasResolvedIsFoundAsWell() {
        var paged = sandbox.pagerDutyIncident("P1", "checkout is slow");
        sandbox.changePagerDutyIncident(paged.path("id").asText(), Map.of("status", "resolved"));

        assertThat(round("pagerduty", "incidents", request(""))).isEmpty();
        var signals = round("pagerduty", "resolved", request(""));
        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("status").asText()).isEqualTo("resolved");
        assertThat(signals.get(0).path("firstSign").isNull()).isTrue();
    }

    /** The list is read until what was resolved is known; what is over for longer cannot be asked for changes. */
    @Test
    void whatHasChangedAtOnesThatAreOverIsRead() {
        var over = new ArrayList<String>();
        for (int at = 0; at < 45; at++) {
            over.add(paged("page " + at));
        }
        var request = request("");
        over.forEach(id -> ended(request, id));
        sandbox.changePagerDutyIncident(over.get(44), Map.of("title", "the disk is full"));

        var signals = round("pagerduty", "resolved", request);

        assertThat(calls("pagerduty", "list-incidents")).isEqualTo(1);
        assertThat(calls("pagerduty", "get-incident")).isEqualTo(45);
        assertThat(signals).hasSize(45);
        assertThat(signals).extracting(signal -> signal.path("title").asText()).contains("the disk is full");
    }

    @Test
    void oneOfThoseThatIsGoneSaysNothing() {
        var request = ended(ended(request(""), "PGONE"), paged("over"));

        assertThat(round("pagerduty", "resolved", request)).hasSize(1);
    }

    @Test
    void linksInNotesCountAndEachRecordIsLookedAtOnceAnHour() {
        var paged = sandbox.pagerDutyIncident("P1", "paged").path("id").asText();
        var request = linked(request(""), paged, "datadog", "https://acme.example/1");
        assertThat(round("pagerduty", "links", request.deepCopy())).hasSize(1);
        sandbox.changePagerDutyIncident(paged, Map.of("note", "datadog #1: https://acme.example/1"));

        assertThat(round("pagerduty", "links", request.deepCopy())).isEmpty();

        request.set(
                "memory", object().put(paged, Instant.now().minusSeconds(3000).toEpochMilli()));
        var notes = calls("pagerduty", "list-notes");
        assertThat(round("pagerduty", "links", request)).isEmpty();
        assertThat(calls("pagerduty", "list-notes")).isEqualTo(notes);
    }

    @Test
    void notesThatAreHiddenSayNothing() {
        var paged = sandbox.pagerDutyIncident("P1", "paged").path("id").asText();
        sandbox.fault("pagerduty", "list-notes").status(403).inject();

        assertThat(round("pagerduty", "links", linked(request(""), paged, "datadog", "https://acme.example/1")))
                .isEmpty();
    }

    @Test
    void notesOfWhatIsOpenOrHasJustEndedAreFound() {
        var open = paged("open");
        var ended = paged("ended");
        sandbox.changePagerDutyIncident(open, Map.of("note", "the disk is full"));
        sandbox.changePagerDutyIncident(ended, Map.of("note", "restarted it"));
        var request = linked(request(""), open, "datadog", "https://acme.example/1");
        ended(request, ended);

        var signals = round("pagerduty", "notes", request);

        assertThat(signals)
                .extracting(
                        signal -> signal.path("comments").path(0).path("text").asText())
                .containsExactlyInAnyOrder("the disk is full", "restarted it");
        assertThat(signals).allSatisfy(signal -> {
            assertThat(signal.path("kind").asText()).isEqualTo("commented");
            assertThat(signal.path("comments").path(0).path("id").asText()).isNotEmpty();
            assertThat(signal.path("comments").path(0).path("author").asText()).isNotEmpty();
        });
    }

    @Test
    void ofManyIncidentsTheNotesOfTwentyAreReadInARoundTheLongestUnreadFirst() {
        var request = request("");
        var memory = object();
        for (int at = 0; at < 25; at++) {
            var id = paged("page " + at);
            linked(request, id, "datadog", "https://acme.example/" + at);
            memory.put(id, 1_000 + at);
        }
        request.set("memory", memory);

        round("pagerduty", "notes", request);

        assertThat(calls("pagerduty", "list-notes")).isEqualTo(20);
        assertThat(request.path("next").path("read"))
                .extracting(one -> memory.path(one.path("id").asText()).asInt())
                .doesNotContain(1_020, 1_021, 1_022, 1_023, 1_024);
    }

    /** The next round may not be told of them. */
    @Test
    void theNotesOfAllThatAreOverAndWereNeverLookedAtAreRead() {
        var request = request("");
        for (int at = 0; at < 45; at++) {
            ended(request, paged("page " + at));
        }
        linked(request, paged("open"), "datadog", "https://acme.example/1");

        round("pagerduty", "notes", request);

        assertThat(calls("pagerduty", "list-notes")).isEqualTo(45);
        assertThat(request.path("memory")).hasSize(45);
    }

    @Test
    void notesThatMayNotBeReadAreNone() {
        var request = linked(request(""), paged("open"), "datadog", "https://acme.example/1");
        sandbox.fault("pagerduty", "list-notes").status(403).always().inject();

        assertThat(round("pagerduty", "notes", request)).isEmpty();
    }

    /** No other platform has an urgency; that which the priority has is no news. */
    @Test
    void anUrgencyThatSomebodyHasChangedIsAComment() {
        var id = paged("open");
        var request = linked(request(""), id, "datadog", "https://acme.example/1");
        var before = page("pagerduty-poll-incidents", request);
        sandbox.changePagerDutyIncident(id, Map.of("urgency", "low"));
        request.set("memory", before.get("memory"));

        var low = texts(round("pagerduty", "incidents", request.deepCopy()));
        var again = page("pagerduty-poll-incidents", request);
        sandbox.changePagerDutyIncident(id, Map.of("urgency", "high"));
        request.set("memory", again.get("memory"));
        var high = texts(round("pagerduty", "incidents", request));

        assertThat(low).containsExactly("The urgency is low now.");
        assertThat(high).isEmpty();
    }

    private static List<String> texts(List<JsonNode> signals) {
        return signals.stream()
                .map(signal -> signal.path("comments").path(0).path("text").asText(""))
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private String paged(String title) {
        return sandbox.pagerDutyIncident("P1", title).path("id").asText();
    }

    /** PagerDuty disables it for a day after three refusals in a row. */
    @Test
    void ourSubscriptionIsEnabledAgain() {
        var subscriptions = new Subscriptions(sandbox);
        var id = subscriptions.subscribe("xTribe Fusion Hub");
        subscriptions.subscribe("somebody's chat");
        for (int strikes = 0; strikes < 3; strikes++) {
            sandbox.pagerDutyIncident("P5", "refused " + strikes);
        }
        await().atMost(SOON).until(() -> subscriptions.disabled().size() == 2);

        assertThat(round("pagerduty", "subscriptions", request(""))).isEmpty();

        assertThat(subscriptions.disabled()).hasSize(1).doesNotContain(id);
    }

    @Test
    void nothingNewCostsOneCallOfPagerDutyForEachPoll() {
        round("pagerduty", "links", request(""));
        round("pagerduty", "incidents", request(""));
        round("pagerduty", "resolved", request(""));
        round("pagerduty", "subscriptions", request(""));

        assertThat(calls("pagerduty")).hasSize(3);
        assertThat(writes()).isZero();
    }
}
