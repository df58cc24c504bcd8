package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Reads a Flight Recording: in which methods the CPU was, at the top of the stack and anywhere in it. */
final class HotMethods {

    private static final int SHOWN = 25;
    private static final String OURS = "io.xtribe.";

    private final Map<String, Integer> own = new HashMap<>();
    private final Map<String, Integer> whole = new HashMap<>();
    private final Map<String, Integer> mine = new HashMap<>();
    private int samples;

    HotMethods(Path recording) throws IOException {
        try (var file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                var event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    count(event);
                }
            }
        }
    }

    /** Lines for people: share of the samples, then the method. */
    List<String> top() {
        return Stream.of(
                        Stream.of(samples + " samples; at the top of the stack:"),
                        lines(own),
                        Stream.of("anywhere in the stack:"),
                        lines(whole),
                        Stream.of("anywhere in the stack, our own:"),
                        lines(mine))
                .flatMap(lines -> lines)
                .toList();
    }

    private void count(RecordedEvent event) {
        var stack = event.getStackTrace();
        if (stack == null || stack.getFrames().isEmpty()) {
            return;
        }
        samples++;
        own.merge(name(stack.getFrames().get(0)), 1, Integer::sum);
        var seen = new HashSet<String>();
        stack.getFrames().stream()
                .map(HotMethods::name)
                .filter(seen::add)
                .filter(name -> !name.startsWith("java."))
                .forEach(name -> (name.startsWith(OURS) ? mine : whole).merge(name, 1, Integer::sum));
    }

    private Stream<String> lines(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .map(entry -> String.format(
                        Locale.ROOT, "  %5.1f %%  %s", 100.0 * entry.getValue() / samples, entry.getKey()));
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }
}
