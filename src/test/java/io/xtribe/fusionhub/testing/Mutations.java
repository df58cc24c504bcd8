package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Known-good bodies with one member changed in a way that a sender may get wrong, or that a stranger would try. */
public final class Mutations {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path BODIES = Path.of("src/test/resources/webhooks");
    private static final String HERE = "\"mutated here\"";

    /** What may stand where a member's value stood, as JSON text. */
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "7",
            "-1",
            "1e400",
            "1" + "0".repeat(30),
            "9".repeat(1_200),
            "{\"a\":{\"b\":1}}",
            "[]",
            "[null,[\"a\"],{}]",
            "[".repeat(900) + "]".repeat(900),
            "\"" + "x".repeat(3_300) + "\"",
            "\"" + "\\u05e9 ".repeat(30_000) + "\"",
            "\"a\\u0000b\"",
            "\"\\ud800\"",
            "\"two\\nlines\\u001b[31m\\r\"",
            "\"a.b.*.> 'q' {}[]$%&/(..\"",
            "\"1969-12-31T23:59:59Z\"",
            "\"+999999999-12-31T23:59:59.999999999Z\"");

    private Mutations() {}

    /** A body with the platform that would send it. */
    public record Mutant(String source, String what, byte[] body) {}

    /** The known-good bodies by their path without the extension, such as {@code datadog/monitor-triggered-p1}. */
    public static List<String> goodBodies() {
        try (Stream<Path> files = Files.walk(BODIES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> BODIES.relativize(file).toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Every member of the body is dropped, stands twice, and is changed in some of the ways, others for each member.
     *
     * @param body a JSON object
     * @param turn another number for each body, so that over all of them every way is taken often
     */
    public static List<Mutant> of(String source, String name, String body, int turn) {
        List<Mutant> mutants = new ArrayList<>();
        try {
            List<String> places = new ArrayList<>();
            places(JSON.readTree(body), "", places);
            for (int place = 0; place < places.size(); place++) {
                String pointer = places.get(place);
                mutants.add(new Mutant(source, name + pointer + " dropped", bytes(without(body, pointer))));
                String value = VALUES.get((turn * 7 + place * 3) % VALUES.size());
                mutants.add(mutant(source, name, body, pointer, value));
                mutants.add(new Mutant(source, name + pointer + " twice", bytes(twice(body, pointer, value))));
                if ((turn + place) % 3 == 0) {
                    mutants.add(mutant(source, name, body, pointer, VALUES.get((turn + place) % VALUES.size())));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name, e);
        }
        return mutants;
    }

    /** Each way for each of these members. */
    public static List<Mutant> all(String source, String name, String body, List<String> pointers) {
        List<Mutant> mutants = new ArrayList<>();
        try {
            for (String pointer : pointers) {
                mutants.add(new Mutant(source, name + pointer + " dropped", bytes(without(body, pointer))));
                for (String value : VALUES) {
                    mutants.add(mutant(source, name, body, pointer, value));
                    mutants.add(new Mutant(source, name + pointer + " twice", bytes(twice(body, pointer, value))));
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name, e);
        }
        return mutants;
    }

    /** The body in other encodings, and cut. */
    public static List<Mutant> encodings(String source, String name, String body) {
        byte[] utf8 = bytes(body);
        return List.of(
                new Mutant(source, name + " UTF-16", body.getBytes(StandardCharsets.UTF_16)),
                new Mutant(
                        source, name + " Latin-1", body.replace("e", "\u00e9").getBytes(StandardCharsets.ISO_8859_1)),
                new Mutant(source, name + " BOM", bytes("\uFEFF" + body)),
                new Mutant(source, name + " cut", java.util.Arrays.copyOf(utf8, utf8.length / 2)),
                new Mutant(source, name + " followed", bytes(body + "{}")),
                new Mutant(source, name + " empty", new byte[0]),
                new Mutant(source, name + " too deep", bytes("{\"a\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}")),
                new Mutant(source, name + " list", bytes("[" + body + "]")));
    }

    private static Mutant mutant(String source, String name, String body, String pointer, String value)
            throws JsonProcessingException {
        String what = value.length() > 40 ? value.substring(0, 40) + "..." : value;
        return new Mutant(source, name + pointer + " = " + what, bytes(with(body, pointer, value)));
    }

    private static void places(JsonNode node, String pointer, List<String> places) {
        node.properties().forEach(member -> {
            places.add(pointer + "/" + member.getKey());
            places(member.getValue(), pointer + "/" + member.getKey(), places);
        });
    }

    private static String without(String body, String pointer) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(body);
        parent(tree, pointer).remove(name(pointer));
        return tree.toString();
    }

    private static String with(String body, String pointer, String value) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(body);
        parent(tree, pointer).put(name(pointer), "mutated here");
        return tree.toString().replace(HERE, value);
    }

    /** The other value comes last, so that it is the one that counts where the last one counts. */
    private static String twice(String body, String pointer, String value) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(body);
        parent(tree, pointer).put("mutated", "mutated here");
        return tree.toString().replace("\"mutated\":" + HERE, "\"" + name(pointer) + "\":" + value);
    }

    private static ObjectNode parent(JsonNode tree, String pointer) {
        return (ObjectNode) tree.at(pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static String name(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
