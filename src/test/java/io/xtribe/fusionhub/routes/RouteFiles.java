package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The route files as trees, to be asked about. */
public final class RouteFiles {

    public static final Path FOLDER = Path.of("src/main/resources/routes");

    private static final YAMLMapper YAML = new YAMLMapper();

    private RouteFiles() {}

    /** Every file, by its path below the folder. */
    public static Map<String, JsonNode> all() {
        var all = new TreeMap<String, JsonNode>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (var file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .toList()) {
                all.put(FOLDER.relativize(file).toString(), YAML.readTree(file.toFile()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The routes of all files, in no particular order. */
    static List<JsonNode> routes() {
        return all().values().stream()
                .flatMap(RouteFiles::elements)
                .filter(entry -> entry.has("route"))
                .map(entry -> entry.path("route"))
                .toList();
    }

    static List<String> routeIds() {
        return routes().stream().map(route -> route.path("id").asText()).toList();
    }

    /** Every object member of that name, however deep, in all files. */
    static List<JsonNode> named(String name) {
        var found = new ArrayList<JsonNode>();
        all().values().forEach(file -> found.addAll(file.findValues(name)));
        return found;
    }

    /** All steps of a route, nested ones included. */
    static List<JsonNode> steps(JsonNode route) {
        var all = new ArrayList<JsonNode>();
        collectSteps(route, all);
        return all;
    }

    private static void collectSteps(JsonNode node, List<JsonNode> into) {
        if (node.isObject()) {
            elements(node.path("steps")).forEach(into::add);
        }
        node.forEach(child -> collectSteps(child, into));
    }

    static Stream<JsonNode> elements(JsonNode node) {
        return Stream.iterate(0, at -> at < node.size(), at -> at + 1).map(node::get);
    }
}
