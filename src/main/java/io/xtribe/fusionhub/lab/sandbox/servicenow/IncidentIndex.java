package io.xtribe.fusionhub.lab.sandbox.servicenow;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/**
 * What table queries see of the incidents: with a lag, each row as it was; without one, the rows themselves. Finds by
 * correlation_id do not look at every row, because hubs make them often.
 */
final class IncidentIndex {
    private record Version(long at, Map<String, String> row) {}

    private final Settings settings;
    private final Map<String, ArrayDeque<Version>> versions = new LinkedHashMap<>();
    private final Map<String, Set<String>> byCorrelation = new HashMap<>();

    IncidentIndex(Settings settings) {
        this.settings = settings;
    }

    void changing(Map<String, String> row) {
        ArrayDeque<Version> known = versions.get(row.get("sys_id"));
        if (settings.indexLagMs(Platform.SERVICENOW) > 0 && known != null && known.peekLast().at == 0) {
            known.removeLast();
            known.addLast(new Version(1, new HashMap<>(row)));
        }
    }

    void wrote(Map<String, String> row) {
        String id = row.get("sys_id");
        ArrayDeque<Version> known = versions.computeIfAbsent(id, any -> new ArrayDeque<>(1));
        if (settings.indexLagMs(Platform.SERVICENOW) > 0) {
            known.addLast(new Version(System.currentTimeMillis(), new HashMap<>(row)));
        } else {
            known.clear();
            known.addLast(new Version(0, row));
        }
        byCorrelation
                .computeIfAbsent(row.get("correlation_id"), any -> new LinkedHashSet<>())
                .add(id);
    }

    void removed(Map<String, String> row) {
        versions.remove(row.get("sys_id"));
    }

    /** The rows to look at; with a correlation id only those that have or had it. */
    Iterable<Map<String, String>> candidates(String correlationId) {
        Collection<String> ids =
                correlationId == null ? versions.keySet() : byCorrelation.getOrDefault(correlationId, Set.of());
        long until = System.currentTimeMillis() - settings.indexLagMs(Platform.SERVICENOW);
        List<Map<String, String>> rows = new ArrayList<>(ids.size());
        for (String id : ids) {
            ArrayDeque<Version> known = versions.get(id);
            Map<String, String> seen = null;
            for (Version version : known == null ? new ArrayDeque<Version>() : known) {
                seen = version.at <= until ? version.row : seen;
            }
            if (seen != null) {
                rows.add(seen);
            }
        }
        return rows;
    }

    void clear() {
        versions.clear();
        byCorrelation.clear();
    }
}
