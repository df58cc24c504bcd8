package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One object of a manifest.
 *
 * @param file where it stands
 * @param json what it says, with aliases put in
 */
record Manifest(Path file, JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** All objects below these folders, those of kustomize included. */
    static List<Manifest> below(String... folders) {
        var all = new ArrayList<Manifest>();
        for (var folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".yaml"))
                        .filter(file -> !file.endsWith("nats-values.yaml") && !file.endsWith("kustomize-config.yaml"))
                        .sorted()
                        .forEach(file -> all.addAll(read(file, text(file))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The objects of one text; a key that stands there twice is refused. */
    static List<Manifest> read(Path file, String text) {
        var documents =
                new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadAllFromString(text);
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> new Manifest(file, JSON.valueToTree(document)))
                .toList();
    }

    String kind() {
        return json.path("kind").asText();
    }

    String name() {
        return json.at("/metadata/name").asText();
    }

    /** As messages name it. */
    String title() {
        return file + ": " + kind() + " " + name();
    }

    JsonNode spec() {
        return json.path("spec");
    }
}
