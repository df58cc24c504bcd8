package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.xtribe.fusionhub.incident.Timeline;

/** The timeline of all incidents of one test, in memory. */
final class MemoryTimeline implements Timeline {

    private final List<Entry> entries = new CopyOnWriteArrayList<>();

    @Override
    public void note(String correlationId, String kind, String platform, String signalId, String text) {
        entries.add(new Entry(Instant.now(), "test", kind, platform, signalId, text));
    }

    @Override
    public List<Entry> read(String correlationId) {
        return List.copyOf(entries);
    }

    List<String> texts() {
        return entries.stream().map(Entry::text).toList();
    }
}
