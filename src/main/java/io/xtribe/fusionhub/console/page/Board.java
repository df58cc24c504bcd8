package io.xtribe.fusionhub.console.page;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/**
 * Which rows stand on a page of the board, and in what order: pure.
 *
 * @param rows those of the page: what should have been paged and is not, the oldest first; then what stands before what is resolved,
 *     the higher priority first, the newest first
 * @param matching how many there are on all pages
 * @param page from 1 on
 * @param pages at least 1
 * @param active how many stand, asked for or not
 * @param troubled how many of these need somebody
 */
record Board(List<Row> rows, int matching, int page, int pages, int active, int troubled) {

    static final int ROWS = 50;

    /**
     * Chooses them.
     *
     * @param unpaged ids of what should have been paged and is not
     * @param isTroubled whether a row needs somebody
     */
    static Board of(Collection<Row> all, Set<String> unpaged, Predicate<Row> isTroubled, BoardQuery query) {
        var found = new ArrayList<Row>();
        var active = 0;
        var troubled = 0;
        for (var row : all) {
            var isOne = isTroubled.test(row);
            if (row.status() != Status.RESOLVED) {
                active++;
                troubled += isOne ? 1 : 0;
            }
            if (query.covers(row, isOne)) {
                found.add(row);
            }
        }
        found.sort(order(unpaged));
        var pages = Math.max(1, (found.size() + ROWS - 1) / ROWS);
        var page = Math.min(query.page(), pages);
        var first = (page - 1) * ROWS;
        var shown = found.subList(first, Math.min(first + ROWS, found.size()));
        return new Board(List.copyOf(shown), found.size(), page, pages, active, troubled);
    }

    private static Comparator<Row> order(Set<String> unpaged) {
        var newest = Comparator.comparing(Row::receivedAt).reversed();
        return (one, other) -> {
            var isUnpaged = unpaged.contains(one.id());
            if (isUnpaged != unpaged.contains(other.id())) {
                return isUnpaged ? -1 : 1;
            }
            if (isUnpaged) {
                return one.receivedAt().compareTo(other.receivedAt());
            }
            var isOver = one.status() == Status.RESOLVED;
            if (isOver != (other.status() == Status.RESOLVED)) {
                return isOver ? 1 : -1;
            }
            var byPriority = isOver ? 0 : one.priority().compareTo(other.priority());
            return byPriority != 0 ? byPriority : newest.compare(one, other);
        };
    }
}
