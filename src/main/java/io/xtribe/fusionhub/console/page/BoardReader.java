package io.xtribe.fusionhub.console.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformProfile;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.upkeep.IncidentIndex.Row;

/** Makes rows of the board out of the index and, for what one page shows, of the stored records. */
@Singleton
class BoardReader {

    /** A few pages of records, so that those who look at the same page do not each have it read again. */
    private static final int KEPT = 300;

    private record Kept(Row row, Incident incident) {}

    private final IncidentStore store;
    private final Availability availability;
    private final Platforms platforms;
    private final boolean observe;
    private final Map<String, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > KEPT;
        }
    };

    BoardReader(IncidentStore store, Availability availability, Platforms platforms, FusionConfig config) {
        this.store = store;
        this.availability = availability;
        this.platforms = platforms;
        this.observe = config.mode() == FusionConfig.Mode.OBSERVE;
    }

    /** Those of the rows that are still stored. */
    List<BoardRow> rows(List<Row> rows, Predicate<Row> isUnpaged) {
        var states = states();
        return rows.stream()
                .flatMap(row -> incident(row).map(incident -> row(incident, isUnpaged.test(row), states)).stream())
                .toList();
    }

    /** One incident, as it was just read. */
    BoardRow row(Incident incident, boolean isUnpaged) {
        return row(incident, isUnpaged, states());
    }

    private Optional<Incident> incident(Row row) {
        synchronized (kept) {
            var known = kept.get(row.id());
            // The index makes another row of each change.
            if (known != null && known.row() == row) {
                return Optional.of(known.incident());
            }
        }
        var read = store.find(row.id()).map(IncidentStore.Versioned::incident);
        synchronized (kept) {
            read.ifPresent(incident -> kept.put(row.id(), new Kept(row, incident)));
        }
        return read;
    }

    private Map<String, PlatformStatus> states() {
        return availability.status().stream().collect(Collectors.toMap(PlatformStatus::platform, Function.identity()));
    }

    private BoardRow row(Incident incident, boolean isUnpaged, Map<String, PlatformStatus> states) {
        var cells = platforms.all().stream()
                .map(Platform::profile)
                .map(profile -> cell(incident, profile, states))
                .toList();
        return new BoardRow(
                incident.id(),
                incident.priority(),
                incident.status(),
                incident.title(),
                incident.hints().service(),
                incident.receivedAt(),
                isUnpaged,
                flags(incident),
                cells);
    }

    private BoardRow.PlatformCell cell(Incident incident, PlatformProfile profile, Map<String, PlatformStatus> states) {
        var state = states.getOrDefault(
                profile.name(),
                new PlatformStatus(
                        profile.name(), PlatformStatus.State.OK, null, null, "", null, List.of(), Map.of(), Map.of()));
        return new BoardRow.PlatformCell(
                profile.name(),
                platforms.title(profile.name()),
                profile.parts().stream()
                        .map(part -> RecordCell.of(incident, part, state, observe))
                        .toList());
    }

    private static List<String> flags(Incident incident) {
        var flags = new ArrayList<String>();
        if (incident.waitsForRelease()) {
            flags.add("held by the storm brake");
        }
        if (!incident.frozen().isEmpty()) {
            flags.add("frozen: "
                    + String.join(", ", new TreeSet<>(incident.frozen().keySet())));
        }
        incident.rejections().values().stream()
                .filter(refusal -> refusal.generation() == incident.generation())
                .map(refusal -> RecordCell.words(refusal, ""))
                .forEach(flags::add);
        return flags;
    }
}
