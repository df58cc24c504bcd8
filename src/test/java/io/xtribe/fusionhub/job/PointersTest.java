package io.xtribe.fusionhub.job;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** Which records belong together, by what they show. */
class PointersTest {

    private static final Instant BEGAN = Instant.parse("2026-11-29T12:00:00Z");
    private static final PlatformKey KEY = PlatformKey.findIn("fx-" + "1".repeat(32)).orElseThrow();
    private static final PlatformKey OTHER_KEY =
            PlatformKey.findIn("fx-" + "2".repeat(32)).orElseThrow();

    private static Candidate record(String platform, String part, String id, int second, String text) {
        return record(platform, part, id, second, text, null);
    }

    private static Candidate record(
            String platform, String part, String id, int second, String text, PlatformKey key) {
        var record = new Signal.PlatformRecord(
                part, id, id.toUpperCase(Locale.ROOT), "https://" + platform + ".example/" + id, false);
        var signal = Signals.of(
                platform + ":" + id,
                platform,
                SignalKind.UPDATED,
                "",
                null,
                record,
                "",
                id,
                key,
                "title",
                "",
                "P1",
                "open",
                BEGAN.plusSeconds(second),
                -1,
                RoutingHints.NONE);
        JsonNode data = JsonNodeFactory.instance
                .objectNode()
                .set("incident", JsonNodeFactory.instance.objectNode().put("description", text));
        return new Candidate(signal, data);
    }

    private static List<List<String>> groups(Optional<String> pattern, Candidate... candidates) {
        return new Pointers(pattern.map(Pattern::compile), url -> List.of())
                .groups(List.of(candidates)).stream()
                        .map(group -> group.stream().map(Candidate::name).toList())
                        .toList();
    }

    private static List<List<String>> groups(Candidate... candidates) {
        return groups(Optional.empty(), candidates);
    }

    @Test
    void aUrlInAnyTextJoinsBothAndTheEarliestComesFirst() {
        assertThat(groups(
                        record("tickets", "incident", "t1", 5, "nothing"),
                        record("pages", "incident", "p1", 2, "see https://tickets.example/t1."),
                        record("tickets", "incident", "t2", 1, "")))
                .containsExactly(
                        List.of("tickets/incident/t2"), List.of("pages/incident/p1", "tickets/incident/t1"));
    }

    @Test
    void aLongerUrlIsAnotherRecords() {
        assertThat(groups(
                        record("tickets", "incident", "t1", 1, ""),
                        record("pages", "incident", "p1", 2, "https://tickets.example/t12")))
                .hasSize(2);
    }

    @Test
    void aChainIsOneIncident() {
        assertThat(groups(
                        record("alerts", "incident", "a1", 1, ""),
                        record("tickets", "incident", "t1", 2, "https://alerts.example/a1"),
                        record("pages", "incident", "p1", 3, "https://tickets.example/t1")))
                .containsExactly(List.of("alerts/incident/a1", "tickets/incident/t1", "pages/incident/p1"));
    }

    /** An incident has one record of a kind on a platform: the second ticket that names a page is one of its own. */
    @Test
    void ofTwoTicketsForOnePageOneIsTaken() {
        assertThat(groups(
                        record("pages", "incident", "p1", 1, ""),
                        record("tickets", "incident", "t1", 2, "https://pages.example/p1"),
                        record("tickets", "incident", "t2", 3, "https://pages.example/p1")))
                .containsExactly(List.of("pages/incident/p1", "tickets/incident/t1"), List.of("tickets/incident/t2"));
    }

    @Test
    void whatPointsAtTheSamePlatformIsNoIncidentOfBoth() {
        assertThat(groups(
                        record("tickets", "incident", "t1", 1, ""),
                        record("tickets", "incident", "t2", 2, "duplicate of https://tickets.example/t1")))
                .hasSize(2);
    }

    @Test
    void aPatternTakesOutTheNumberThatScriptsWrote() {
        var ticket = record("tickets", "incident", "t1", 1, "");
        var page = record("pages", "incident", "p1", 2, "SN ticket: T1");

        assertThat(groups(ticket, page)).hasSize(2);
        assertThat(groups(Optional.of("SN ticket: (T\\d+)"), ticket, page)).hasSize(1);
    }

    @Test
    void recordsOfOneKeyBelongTogetherAndThoseOfTwoDoNot() {
        assertThat(groups(
                        record("tickets", "incident", "t1", 1, "", KEY),
                        record("pages", "incident", "p1", 2, "", KEY),
                        record("alerts", "incident", "a1", 3, "https://tickets.example/t1", OTHER_KEY)))
                .containsExactly(
                        List.of("tickets/incident/t1", "pages/incident/p1"), List.of("alerts/incident/a1"));
    }
}
