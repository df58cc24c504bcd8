package io.xtribe.fusionhub.edge;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The command-line tool of Vector's language, from the crate {@code vrl}: runs a program on events, as a remap does. It
 * knows neither enrichment tables nor secrets.
 *
 * @param binary the tool
 * @param folder for programs and events
 */
record VrlTool(Path binary, Path folder) {

    static final String MISSING = "no vrl tool: -Dfusion.vrl=<path>, VRL, the PATH and the cache"
            + " (cargo install vrl --root ~/.cache/fusion-hub/vrl-<version>) have none";

    // What a step gets is unknown to the compiler, as it is in Vector: an assignment would tell it a type, one that is
    // made only under a condition does not. Bodies need not be text, and JSON is.
    private static final String BEFORE = """
            harness = .
            . = harness.event
            if harness.encoded == true { .message = decode_base64!(harness.message) }
            if exists(harness.received) { .timestamp = parse_timestamp!(harness.received, "%+") }
            if exists(harness.secrets) { %fusion_secrets = harness.secrets }
            """;

    private static final String AFTER = """

            encode_base64(encode_json({"index": harness.index, "event": ., "secrets": %fusion_secrets,
              "message": encode_base64(string(.message) ?? "")}))
            """;

    /**
     * An event between two steps.
     *
     * @param event its fields, without the message
     * @param message the raw body, null where the event has none
     * @param secrets what the event carries as metadata, null where it carries none
     */
    record Event(ObjectNode event, byte[] message, JsonNode secrets) {}

    /**
     * What a program made of an event.
     *
     * @param event afterwards, null where it was refused
     * @param refusal why it was refused, null where it was not
     */
    record Result(Event event, String refusal) {}

    /** Empty where there is none. */
    static Optional<VrlTool> find(Path folder) {
        return Stream.of(named(System.getProperty("fusion.vrl")), named(System.getenv("VRL")), onPath(), cached())
                .flatMap(Optional::stream)
                .findFirst()
                .map(binary -> new VrlTool(binary, folder));
    }

    private static Optional<Path> named(String path) {
        if (path == null || path.isBlank()) {
            return Optional.empty();
        }
        if (!Files.isExecutable(Path.of(path))) {
            throw new IllegalArgumentException(path + " is no executable vrl");
        }
        return Optional.of(Path.of(path));
    }

    private static Optional<Path> onPath() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, "vrl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Optional<Path> cached() {
        var base = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        var cache = base.resolve("fusion-hub");
        if (!Files.isDirectory(cache)) {
            return Optional.empty();
        }
        try (var kept = Files.list(cache)) {
            return kept.filter(entry -> entry.getFileName().toString().startsWith("vrl-"))
                    .map(entry -> entry.resolve("bin").resolve("vrl"))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a condition or another expression makes of each value. */
    List<String> evaluate(String program, List<JsonNode> values) {
        return run(program, values.stream().map(JsonNode::toString).toList()).lines();
    }

    /** Whether a condition of {@code vector test} holds: it is true, and no assertion in it has failed. */
    boolean holds(String condition, Event event) {
        return run(BEFORE + condition, lines(List.of(event))).lines().equals(List.of("true"));
    }

    private static List<String> lines(List<Event> events) {
        var lines = new ArrayList<String>();
        for (var event : events) {
            var line = EdgeCase.JSON.createObjectNode().put("index", lines.size());
            line.set("event", event.event());
            if (event.secrets() != null) {
                line.set("secrets", event.secrets());
            }
            if (event.message() != null) {
                line.put("encoded", true).put("message", Base64.getEncoder().encodeToString(event.message()));
            }
            if (event.event().path("timestamp").isTextual()) {
                line.put("received", event.event().path("timestamp").asText());
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** What a remap makes of each event. */
    List<Result> remap(String program, List<Event> events) {
        var output = run(BEFORE + program + AFTER, lines(events));
        var results = new Result[events.size()];
        output.lines().forEach(line -> {
            var made = decode(line);
            results[made.path("index").asInt()] = new Result(event(made), null);
        });
        // The tool writes one line of error for each event that it has no result for, in their order.
        var errors = output.errors().iterator();
        for (var index = 0; index < results.length; index++) {
            if (results[index] == null) {
                results[index] = new Result(null, errors.next());
            }
        }
        return List.of(results);
    }

    private static Event event(JsonNode made) {
        if (!(made.path("event") instanceof ObjectNode event)) {
            throw new AssertionError("an event must be an object: " + made);
        }
        var hasMessage = event.remove("message") != null;
        return new Event(
                event,
                hasMessage ? Base64.getDecoder().decode(made.path("message").asText()) : null,
                made.path("secrets").isArray() ? made.path("secrets") : null);
    }

    private static JsonNode decode(String line) {
        try {
            return EdgeCase.JSON.readTree(Base64.getDecoder().decode(line.replace("\"", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Output(List<String> lines, List<String> errors) {}

    private Output run(String program, List<String> input) {
        if (input.isEmpty()) {
            return new Output(List.of(), List.of());
        }
        try {
            var programFile = Files.writeString(folder.resolve("program.vrl"), program);
            var inputFile = Files.write(folder.resolve("input.jsonl"), input);
            var outputFile = folder.resolve("output");
            var errorFile = folder.resolve("errors");
            var exit = new ProcessBuilder(
                            binary.toString(),
                            "-q",
                            "-z",
                            "UTC",
                            "-p",
                            programFile.toString(),
                            "-i",
                            inputFile.toString())
                    .redirectOutput(outputFile.toFile())
                    .redirectError(errorFile.toFile())
                    .start()
                    .waitFor();
            var errors = Files.readString(errorFile, StandardCharsets.UTF_8);
            if (exit != 0) {
                throw new AssertionError("vrl did not take this program:\n" + program + "\n" + errors);
            }
            return new Output(
                    Files.readAllLines(outputFile),
                    errors.lines().filter(line -> !line.isBlank()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
