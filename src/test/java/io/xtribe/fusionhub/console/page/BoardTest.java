package io.xtribe.fusionhub.console.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Refused;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

import static org.assertj.core.api.Assertions.assertThat;

class BoardTest {

    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
    private static final BoardQuery ALL = query("all", "", "", "");

    private static Row row(String id, Status status, Priority priority, int minute) {
        return row(id, status, priority, minute, List.of(), "checkout", "INC0010007 #12");
    }

    private static Row row(
            String id,
            Status status,
            Priority priority,
            int minute,
            List<Refused> refused,
            String service,
            String numbers) {
        var at = NOON.plusSeconds(60L * minute);
        return new Row(
                id,
                1,
                true,
                status,
                priority,
                "Title of " + id,
                "datadog",
                at,
                at,
                at,
                at,
                null,
                0,
                0,
                refused,
                Set.of(),
                service,
                numbers);
    }

    private static BoardQuery query(String status, String priority, String trouble, String text) {
        return BoardQuery.of(status, priority, trouble, text, "1");
    }

    private static List<String> ids(List<Row> rows, Set<String> unpaged, Predicate<Row> isTroubled, BoardQuery query) {
        return Board.of(rows, unpaged, isTroubled, query).rows().stream()
                .map(Row::id)
                .toList();
    }

    private static List<String> ids(List<Row> rows, BoardQuery query) {
        return ids(rows, Set.of(), row -> false, query);
    }

    @Test
    void unpagedOnesComeFirstThenThePriorityThenTheNewest() {
        // Given
        var rows = new ArrayList<>(List.of(
                row("unpaged-p2-old", Status.OPEN, Priority.P2, 1),
                row("unpaged-p1-new", Status.OPEN, Priority.P1, 9),
                row("p1-new", Status.ACKNOWLEDGED, Priority.P1, 8),
                row("p1-old", Status.OPEN, Priority.P1, 2),
                row("p2", Status.OPEN, Priority.P2, 10),
                row("resolved-p2-new", Status.RESOLVED, Priority.P2, 12),
                row("resolved-p1-old", Status.RESOLVED, Priority.P1, 3)));
        Collections.shuffle(rows, new Random(16));

        // When
        var shown = ids(rows, Set.of("unpaged-p1-new", "unpaged-p2-old"), row -> false, ALL);

        // Then
        assertThat(shown)
                .containsExactly(
                        "unpaged-p2-old",
                        "unpaged-p1-new",
                        "p1-new",
                        "p1-old",
                        "p2",
                        "resolved-p2-new",
                        "resolved-p1-old");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            active,       '', '', '',            open acknowledged
            -,            '', '', '',            open acknowledged
            nonsense,     P9, '', '',            open acknowledged
            open,         '', '', '',            open
            RESOLVED,     '', '', '',            resolved
            all,          p2, '', '',            acknowledged
            all,          '', any, '',           resolved
            all,          '', acme, '',          open
            all,          '', other, '',         ''
            all,          '', '', inc0010007,    acknowledged
            all,          '', '', ' SEARCH ',    resolved
            all,          '', '', title of open, open
            all,          '', '', TITLE,         open acknowledged resolved
            all,          '', '', nothing,       ''
            """)
    void showsWhatIsAskedFor(String status, String priority, String trouble, String text, String expected) {
        var rows = List.of(
                row("open", Status.OPEN, Priority.P1, 3, List.of(new Refused("acme", "open", null, null)), "", "#1"),
                row("acknowledged", Status.ACKNOWLEDGED, Priority.P2, 2, List.of(), "", "INC0010007"),
                row("resolved", Status.RESOLVED, Priority.P1, 1, List.of(), "search", ""));

        var shown = ids(rows, Set.of(), row -> row.id().equals("resolved"), query(status, priority, trouble, text));

        assertThat(String.join(" ", shown)).isEqualTo(expected);
    }

    @Test
    void pagesHoldEachRowOnce() {
        // Given
        var rows = IntStream.range(0, 120)
                .mapToObj(number -> row("r" + number, Status.OPEN, Priority.P1, number))
                .toList();

        // When
        var pages = IntStream.rangeClosed(1, 3)
                .mapToObj(page ->
                        Board.of(rows, Set.of(), row -> false, BoardQuery.of(null, null, null, null, "" + page)))
                .toList();

        // Then
        assertThat(pages).extracting(page -> page.rows().size()).containsExactly(50, 50, 20);
        assertThat(pages.stream().flatMap(page -> page.rows().stream()).map(Row::id))
                .hasSize(120)
                .doesNotHaveDuplicates()
                .startsWith("r119");
        assertThat(pages.get(0).pages()).isEqualTo(3);
        assertThat(pages.get(0).matching()).isEqualTo(120);
    }

    @ParameterizedTest
    @CsvSource({"4, 1", "999999, 1", "0, 1", "-1, 1", "x, 1", "9999999999, 1"})
    void aPageThatIsNotThereIsTheLast(String page, int expected) {
        var rows = List.of(row("only", Status.OPEN, Priority.P1, 1));
        var board = Board.of(rows, Set.of(), row -> false, BoardQuery.of(null, null, null, null, page));
        assertThat(board.page()).isEqualTo(expected);
        assertThat(board.rows()).hasSize(1);
    }

    @Test
    void countsWhatStandsWhateverIsAskedFor() {
        var rows = List.of(
                row("open", Status.OPEN, Priority.P1, 1),
                row("acknowledged", Status.ACKNOWLEDGED, Priority.P1, 1),
                row("resolved", Status.RESOLVED, Priority.P1, 1));
        var board = Board.of(rows, Set.of(), row -> !row.id().equals("open"), query("resolved", "", "", ""));
        assertThat(board.active()).isEqualTo(2);
        assertThat(board.troubled()).isEqualTo(1);
        assertThat(board.matching()).isEqualTo(1);
    }

    @Test
    void theAddressOfAPageHoldsWhatIsChosen() {
        assertThat(query("active", "", "", "").at(1)).isEqualTo("/");
        assertThat(query("open", "P1", "any", "a&b <c>").at(2))
                .isEqualTo("/?status=open&priority=P1&trouble=any&q=a%26b+%3Cc%3E&page=2");
    }
}
