package io.xtribe.fusionhub.testing;

import java.util.ArrayList;
import java.util.List;

import io.xtribe.fusionhub.incident.Timeline;

/** Keeps the story in memory. */
public final class RecordingTimeline implements Timeline {
    private record Told(String correlationId, Entry entry) {}

    private final List<Told> lines = new ArrayList<>();

    @Override
    public synchronized void note(String correlationId, Timeline.Line line) {
        lines.add(new Told(correlationId, Entry.of("test", line)));
    }

    @Override
    public synchronized List<Entry> read(String correlationId) {
        return lines.stream()
                .filter(line -> line.correlationId().equals(correlationId))
                .map(Told::entry)
                .toList();
    }

    /** The texts only. */
    public List<String> texts(String correlationId) {
        return read(correlationId).stream().map(Entry::text).toList();
    }
}
