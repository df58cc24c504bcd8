package io.xtribe.fusionhub.console.page;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;

import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/**
 * Which incidents the board shows: pure.
 *
 * @param status {@code active} (not resolved), {@code open}, {@code acknowledged}, {@code resolved} or {@code all}
 * @param priority {@code P1} to {@code P5}; empty: any
 * @param trouble {@code any} for what needs somebody, {@code held} for what the storm brake holds, or a platform's name for what that one refused; empty: whether or not
 * @param text in title, service, id or a record's number; empty: any
 * @param page from 1 on
 */
public record BoardQuery(String status, String priority, String trouble, String text, int page) {

    static final String ACTIVE = "active";
    static final String ANY = "any";
    static final String HELD = "held";

    private static final Set<String> STATUSES = Set.of(ACTIVE, "open", "acknowledged", "resolved", "all");
    private static final int LONGEST_TEXT = 200;
    private static final int LAST_PAGE = 100_000;

    /** What is not known is left out: an address is edited by hand now and then. */
    static BoardQuery of(String status, String priority, String trouble, String text, String page) {
        var wanted = word(status).toLowerCase(Locale.ROOT);
        var grade = word(priority).toUpperCase(Locale.ROOT);
        var number = word(page);
        return new BoardQuery(
                STATUSES.contains(wanted) ? wanted : ACTIVE,
                grade.matches("P[1-5]") ? grade : "",
                word(trouble).toLowerCase(Locale.ROOT),
                word(text),
                number.matches("[1-9][0-9]{0,5}") ? Math.min(Integer.parseInt(number), LAST_PAGE) : 1);
    }

    private static String word(String given) {
        var word = given == null ? "" : given.strip();
        return word.length() > LONGEST_TEXT ? word.substring(0, LONGEST_TEXT) : word;
    }

    /** @param needsSomebody whether it is unpaged, refused, held or late */
    boolean covers(Row row, boolean needsSomebody) {
        return hasStatus(row.status())
                && (priority.isEmpty() || priority.equals(row.priority().name()))
                && (trouble.isEmpty() || isTroubled(row, needsSomebody))
                && (text.isEmpty() || hasText(row));
    }

    private boolean hasStatus(Status given) {
        return switch (status) {
            case "all" -> true;
            case ACTIVE -> given != Status.RESOLVED;
            default -> given.name().equalsIgnoreCase(status);
        };
    }

    private boolean isTroubled(Row row, boolean needsSomebody) {
        return switch (trouble) {
            case ANY -> needsSomebody;
            case HELD -> row.isHeld();
            default ->
                row.refused().stream().anyMatch(refused -> refused.platform().equals(trouble));
        };
    }

    private boolean hasText(Row row) {
        return contains(row.title()) || contains(row.numbers()) || contains(row.service()) || contains(row.id());
    }

    /** Without a copy of each title in small letters: ten thousand are looked through for each page. */
    private boolean contains(String whole) {
        var last = whole.length() - text.length();
        for (var start = 0; start <= last; start++) {
            if (whole.regionMatches(true, start, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether it leaves out more than what is resolved. */
    public boolean isNarrow() {
        return !priority.isEmpty() || !trouble.isEmpty() || !text.isEmpty();
    }

    /** The address of another page of the same. */
    public String at(int other) {
        var members = new LinkedHashMap<String, String>();
        members.put("status", status.equals(ACTIVE) ? "" : status);
        members.put("priority", priority);
        members.put("trouble", trouble);
        members.put("q", text);
        members.put("page", other == 1 ? "" : Integer.toString(other));
        return Links.query("/", members);
    }
}
