package io.xtribe.fusionhub.explain;

import java.util.ArrayList;
import java.util.List;

import io.xtribe.fusionhub.incident.Timeline;

/** Keeps the lines that would be written, in memory only. */
final class ToldTimeline implements Timeline {

    private final List<Line> lines = new ArrayList<>();

    @Override
    public synchronized void note(String correlationId, Line line) {
        lines.add(line);
    }

    @Override
    public List<Entry> read(String correlationId) {
        return List.of();
    }

    /** The lines since this was asked last. */
    synchronized List<Line> taken() {
        var taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }
}
