package io.xtribe.fusionhub.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Optional enrichment from the service catalogue. In JSON all of it is one object of texts; what is empty is left out.
 *
 * @param service catalogue name of the service
 * @param team owning team
 * @param runbook URL
 * @param ids the routing hints proper: ids of the platforms, by the names that their folders give them
 */
public record RoutingHints(String service, String team, String runbook, Map<String, String> ids) {

    public static final RoutingHints NONE = new RoutingHints("", "", "", Map.of());

    private static final String SERVICE = "service";
    private static final String TEAM = "team";
    private static final String RUNBOOK = "runbook";

    public RoutingHints {
        service = orEmpty(service);
        team = orEmpty(team);
        runbook = orEmpty(runbook);
        ids = filled(ids);
    }

    /** Reads what {@link #members()} has written. Ids of platforms that this hub does not know are kept. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static RoutingHints of(Map<String, Object> members) {
        var texts = new TreeMap<String, String>();
        members.forEach((name, value) -> {
            if (value instanceof String text) {
                texts.put(name, text);
            }
        });
        return new RoutingHints(texts.remove(SERVICE), texts.remove(TEAM), texts.remove(RUNBOOK), texts);
    }

    /** All of it by name, without what is empty. */
    @JsonValue
    public Map<String, String> members() {
        var members = new LinkedHashMap<String, String>();
        members.put(SERVICE, service);
        members.put(TEAM, team);
        members.put(RUNBOOK, runbook);
        members.values().removeIf(String::isEmpty);
        members.putAll(ids);
        return members;
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }

    private static Map<String, String> filled(Map<String, String> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        var filled = new TreeMap<>(ids);
        filled.values().removeIf(String::isEmpty);
        return Collections.unmodifiableMap(filled);
    }
}
