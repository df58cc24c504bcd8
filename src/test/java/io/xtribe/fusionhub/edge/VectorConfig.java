package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The files of {@code vector/}, and what leads where in them. */
record VectorConfig(Map<String, String> files, JsonNode pipeline, JsonNode environment) {

    static final Path FOLDER = Path.of("vector");
    private static final YAMLMapper YAML = new YAMLMapper();

    static VectorConfig read() {
        return of(texts());
    }

    /** Every file of the folder that is text for Vector, by its path below the folder. */
    static Map<String, String> texts() {
        var texts = new TreeMap<String, String>();
        try (Stream<Path> found = Files.walk(FOLDER)) {
            for (var file : found.filter(path -> path.toString().matches(".*\\.(yaml|vrl)"))
                    .toList()) {
                texts.put(FOLDER.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    static VectorConfig of(Map<String, String> texts) {
        return new VectorConfig(texts, parse(texts.get("vector.yaml")), parse(texts.get("environment.yaml")));
    }

    static JsonNode parse(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sources, transforms and sinks by their id, in the order of the file. */
    Map<String, JsonNode> components() {
        var components = new LinkedHashMap<String, JsonNode>();
        for (var kind : List.of("sources", "transforms", "sinks")) {
            pipeline.path(kind).properties().forEach(entry -> components.put(entry.getKey(), entry.getValue()));
        }
        return components;
    }

    Map<String, JsonNode> transforms() {
        var transforms = new LinkedHashMap<String, JsonNode>();
        pipeline.path("transforms").properties().forEach(entry -> transforms.put(entry.getKey(), entry.getValue()));
        return transforms;
    }

    boolean isSink(String id) {
        return pipeline.path("sinks").has(id);
    }

    /** The outputs of a component, as inputs name them. */
    List<String> outputs(String id) {
        var component = components().get(id);
        var outputs = new ArrayList<String>();
        if (isSink(id)) {
            return outputs;
        }
        if (component.path("type").asText().equals("exclusive_route")) {
            component
                    .path("routes")
                    .forEach(route -> outputs.add(id + "." + route.path("name").asText()));
            outputs.add(id + "._unmatched");
        } else {
            outputs.add(id);
            if (component.path("reroute_dropped").asBoolean()) {
                outputs.add(id + ".dropped");
            }
        }
        return outputs;
    }

    /** Who reads an output. */
    List<String> readers(String output) {
        var readers = new ArrayList<String>();
        components().forEach((id, component) -> component.path("inputs").forEach(input -> {
            if (input.asText().equals(output)) {
                readers.add(id);
            }
        }));
        return readers;
    }

    /** The program of a remap: its file, or what stands inline. */
    String program(JsonNode remap) {
        return remap.has("file")
                ? files.getOrDefault(remap.path("file").asText(), "")
                : remap.path("source").asText();
    }
}
