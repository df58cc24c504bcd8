package io.xtribe.fusionhub.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;

/**
 * An incident as board and incident page show it.
 *
 * @param unpaged whether it should have been paged by now and is not
 * @param flags what else is to be known at a glance, such as {@code frozen: priority}
 */
public record BoardRow(
        String id,
        Priority priority,
        Status status,
        String title,
        String service,
        Instant receivedAt,
        boolean unpaged,
        List<String> flags,
        List<PlatformCell> platforms) {

    /**
     * What it has on one platform.
     *
     * @param title what people call the platform
     */
    public record PlatformCell(String platform, String title, List<RecordCell> records) {

        public boolean isSingle() {
            return records.size() == 1;
        }
    }

    public String statusLabel() {
        return lower(status);
    }

    /** As its symbol and its style class are called. */
    public String statusSign() {
        return "status-" + lower(status);
    }

    public String prioritySign() {
        return "prio-" + (priority.compareTo(Priority.P3) < 0 ? lower(priority) : "p3");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
