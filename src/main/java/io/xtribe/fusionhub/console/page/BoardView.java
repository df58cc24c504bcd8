package io.xtribe.fusionhub.console.page;

import java.util.List;
import java.util.stream.Stream;

import io.xtribe.fusionhub.incident.Priority;

/**
 * The board.
 *
 * @param unpaged how many should have been paged by now and are not
 * @param held how many the storm brake holds
 * @param complete whether all incidents have been read since the hub was started
 * @param platforms the columns
 * @param mark of what is shown, for those who listen to changes
 */
public record BoardView(
        BoardQuery query,
        List<BoardRow> rows,
        int matching,
        int page,
        int pages,
        int active,
        int troubled,
        int unpaged,
        int held,
        boolean complete,
        boolean observe,
        List<Column> platforms,
        long mark) {

    /** One platform: its name, and what people call it. */
    public record Column(String name, String title) {}

    /** Whether it lists what the storm brake holds. */
    public boolean isOfHeld() {
        return query.trouble().equals(BoardQuery.HELD);
    }

    public boolean isFirst() {
        return page == 1;
    }

    public boolean isLast() {
        return page == pages;
    }

    public String previous() {
        return query.at(page - 1);
    }

    public String next() {
        return query.at(page + 1);
    }

    /** What may be chosen. */
    public List<String> statuses() {
        return List.of("open", "acknowledged", "resolved", "all");
    }

    /** What may be chosen. */
    public List<String> priorities() {
        return Stream.of(Priority.values()).map(Priority::name).toList();
    }
}
