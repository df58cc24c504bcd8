package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.Map;
import java.util.TreeMap;

/** The base system's choice values of the incident table with their labels (platforms/servicenow.md, 9 and 10). */
final class Labels {
    static final Map<String, String> STATES = sorted(
            Map.of("1", "New", "2", "In Progress", "3", "On Hold", "6", "Resolved", "7", "Closed", "8", "Canceled"));
    static final Map<String, String> HOLD_REASONS = sorted(
            Map.of("1", "Awaiting Caller", "3", "Awaiting Problem", "4", "Awaiting Vendor", "5", "Awaiting Change"));
    static final Map<String, String> LEVELS = sorted(Map.of("1", "1 - High", "2", "2 - Medium", "3", "3 - Low"));
    static final Map<String, String> PRIORITIES = sorted(
            Map.of("1", "1 - Critical", "2", "2 - High", "3", "3 - Moderate", "4", "4 - Low", "5", "5 - Planning"));

    private Labels() {}

    private static Map<String, String> sorted(Map<String, String> labels) {
        return new TreeMap<>(labels);
    }

    /** The display value of a choice column, or the value itself. */
    static String of(String column, String value) {
        return switch (column) {
            case "state", "incident_state" -> STATES.getOrDefault(value, value);
            case "hold_reason" -> HOLD_REASONS.getOrDefault(value, value);
            case "impact", "urgency" -> LEVELS.getOrDefault(value, value);
            case "priority" -> PRIORITIES.getOrDefault(value, value);
            default -> value;
        };
    }
}
