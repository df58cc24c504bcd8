package io.xtribe.fusionhub.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.xtribe.fusionhub.incident.Timeline;

/** Keeps the story in memory. */
public final class RecordingTimeline implements Timeline {
    private record Line(String correlationId, Entry entry) {}

    private final List<Line> lines = new ArrayList<>();

    @Override
    public synchronized void note(
            String correlationId, String kind, String platform, String by, String signalId, String text) {
        lines.add(new Line(correlationId, new Entry(Instant.now(), "test", kind, platform, by, signalId, text)));
    }

    @Override
    public synchronized List<Entry> read(String correlationId) {
        return lines.stream()
                .filter(line -> line.correlationId().equals(correlationId))
                .map(Line::entry)
                .toList();
    }

    /** The texts only. */
    public List<String> texts(String correlationId) {
        return read(correlationId).stream().map(Entry::text).toList();
    }
}
