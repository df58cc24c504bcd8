package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Sends golden cases the way that {@code vector.yaml} says, each step run by the {@code vrl} tool, all cases together. It
 * stands in for what the tool has not: the HTTP source, secrets, the rows of the catalogue, and taking events from step
 * to step.
 */
final class VrlPipeline {

    static final String RECEIVED = "2026-01-31T12:00:07.250Z";

    private static final Pattern SECRET = Pattern.compile("SECRET\\[webhooks\\.(\\w+)]");
    private static final Pattern LOOK_UP =
            Pattern.compile("get_enrichment_table_record\\(\"services\", \\{\"(\\w+)\": \\.\\w+}\\)");

    /**
     * An event, and where it is.
     *
     * @param of the case that it began with
     */
    private record Traveller(EdgeCase of, VrlTool.Event event) {}

    private final VectorConfig config;
    private final VrlTool tool;
    private final Map<String, List<Traveller>> arrived = new LinkedHashMap<>();
    private final Map<String, List<Traveller>> emitted = new LinkedHashMap<>();
    private final List<EdgeCase> locked = new ArrayList<>();

    VrlPipeline(VectorConfig config, VrlTool tool) {
        this.config = config;
        this.tool = tool;
    }

    /** Lets all cases in, and takes those that are let in to where they end. */
    void send(List<EdgeCase> cases) {
        var waiting = new LinkedHashMap<String, List<Traveller>>();
        offer(waiting, "webhooks", letIn(cases));
        flow(waiting);
    }

    /** Gives an event to one transform, as {@code vector test} does, and takes what becomes of it to where it ends. */
    void insert(EdgeCase edgeCase, String transform, VrlTool.Event event) {
        var waiting = new LinkedHashMap<String, List<Traveller>>();
        pass(transform, List.of(new Traveller(edgeCase, event)))
                .forEach((output, those) -> offer(waiting, output, those));
        flow(waiting);
    }

    private void flow(Map<String, List<Traveller>> waiting) {
        while (!waiting.isEmpty()) {
            var output = waiting.keySet().iterator().next();
            var travellers = waiting.remove(output);
            emitted.computeIfAbsent(output, id -> new ArrayList<>()).addAll(travellers);
            config.readers(output).forEach(reader -> {
                arrived.computeIfAbsent(reader, id -> new ArrayList<>()).addAll(travellers);
                pass(reader, travellers).forEach((next, those) -> offer(waiting, next, those));
            });
        }
    }

    private static void offer(Map<String, List<Traveller>> waiting, String output, List<Traveller> travellers) {
        if (!travellers.isEmpty()) {
            waiting.computeIfAbsent(output, name -> new ArrayList<>()).addAll(travellers);
        }
    }

    /** Whether the outer endpoint answers 401. */
    boolean isLockedOut(EdgeCase edgeCase) {
        return locked.contains(edgeCase);
    }

    /** The events that a case became where they reached a component, as they came to it. */
    List<VrlTool.Event> at(String component, EdgeCase edgeCase) {
        return of(edgeCase, arrived.getOrDefault(component, List.of()));
    }

    /** What came out of an output of a component for a case. */
    List<VrlTool.Event> outOf(String output, EdgeCase edgeCase) {
        return of(edgeCase, emitted.getOrDefault(output, List.of()));
    }

    private static List<VrlTool.Event> of(EdgeCase edgeCase, List<Traveller> travellers) {
        return travellers.stream()
                .filter(traveller -> traveller.of() == edgeCase)
                .map(Traveller::event)
                .toList();
    }

    private List<Traveller> letIn(List<EdgeCase> cases) {
        var requests = cases.stream().map(VrlPipeline::request).toList();
        var verdicts = tool.evaluate(
                withSecrets(
                        config.pipeline().at("/sources/webhooks/auth/source").asText()),
                requests);
        var in = new ArrayList<Traveller>();
        for (var index = 0; index < cases.size(); index++) {
            var edgeCase = cases.get(index);
            switch (verdicts.get(index)) {
                case "true" -> in.add(new Traveller(edgeCase, received(edgeCase)));
                case "false" -> locked.add(edgeCase);
                default -> throw new AssertionError(edgeCase + ": authentication is neither true nor false");
            }
        }
        return in;
    }

    /** What the source's authentication sees: all header names in lower case. */
    private static JsonNode request(EdgeCase edgeCase) {
        var request = EdgeCase.JSON.createObjectNode();
        var headers = request.put("path", "/webhooks/" + edgeCase.source())
                .put("address", "127.0.0.1")
                .putObject("headers");
        edgeCase.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        return request;
    }

    /** What the source makes of it: the decompressed body, and the headers that it is told to keep, as they are spelt. */
    private VrlTool.Event received(EdgeCase edgeCase) {
        var event = EdgeCase.JSON
                .createObjectNode()
                .put("path", "/webhooks/" + edgeCase.source())
                .put("source_type", "http_server")
                .put("timestamp", RECEIVED);
        var headers = edgeCase.headers();
        config.pipeline().at("/sources/webhooks/headers").forEach(name -> headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name.asText()))
                .forEach(header -> event.put(name.asText(), header.getValue())));
        return new VrlTool.Event(event, edgeCase.body(), null);
    }

    private Map<String, List<Traveller>> pass(String id, List<Traveller> travellers) {
        var component = config.components().get(id);
        return switch (component.path("type").asText()) {
            case "remap" -> remap(id, component, travellers);
            case "exclusive_route" -> route(id, component, travellers);
            case "filter" -> Map.of(id, those(component.path("condition").asText(), travellers));
            case "log_to_metric", "nats", "http", "prometheus_exporter" -> Map.of();
            default -> throw new AssertionError("no stand-in for " + id);
        };
    }

    private Map<String, List<Traveller>> remap(String id, JsonNode component, List<Traveller> travellers) {
        var program = withRows(withSecrets(config.program(component)));
        var asks = !program.equals(withSecrets(config.program(component)));
        var results = tool.remap(
                program,
                travellers.stream()
                        .map(traveller -> asks ? withTable(traveller) : traveller.event())
                        .toList());
        var next = new HashMap<String, List<Traveller>>();
        for (var index = 0; index < results.size(); index++) {
            var traveller = travellers.get(index);
            var result = results.get(index);
            if (result.refusal() == null) {
                result.event().event().remove("table");
                offer(next, id, List.of(new Traveller(traveller.of(), result.event())));
            } else if (component.path("reroute_dropped").asBoolean()) {
                offer(next, id + ".dropped", List.of(dropped(traveller, result.refusal())));
            } else {
                throw new AssertionError(traveller.of() + " is lost in " + id + ": " + result.refusal());
            }
        }
        return next;
    }

    /** As Vector does it: the event as it came, with the reason. */
    private static Traveller dropped(Traveller traveller, String refusal) {
        var event = traveller.event().event().deepCopy();
        event.putObject("metadata").putObject("dropped").put("message", refusal);
        return new Traveller(
                traveller.of(),
                new VrlTool.Event(
                        event, traveller.event().message(), traveller.event().secrets()));
    }

    private Map<String, List<Traveller>> route(String id, JsonNode component, List<Traveller> travellers) {
        var next = new HashMap<String, List<Traveller>>();
        var left = new ArrayList<>(travellers);
        component.path("routes").forEach(route -> {
            var those = those(route.path("condition").asText(), left);
            offer(next, id + "." + route.path("name").asText(), those);
            left.removeAll(those);
        });
        offer(next, id + "._unmatched", left);
        return next;
    }

    private List<Traveller> those(String condition, List<Traveller> travellers) {
        var verdicts = tool.evaluate(
                condition,
                travellers.stream()
                        .map(traveller -> (JsonNode) traveller.event().event())
                        .toList());
        var those = new ArrayList<Traveller>();
        for (var index = 0; index < verdicts.size(); index++) {
            if (verdicts.get(index).equals("true")) {
                those.add(travellers.get(index));
            }
        }
        return those;
    }

    /** Vector puts secrets into the text of its configuration; so does this. */
    private static String withSecrets(String program) {
        return SECRET.matcher(program).replaceAll(secret -> EdgeCase.secrets(secret.group(1)));
    }

    /** Instead of asking the table, which the tool has not, the step takes the row that was put into the event. */
    private static String withRows(String program) {
        return LOOK_UP.matcher(program).replaceAll(column -> "object(.table." + column.group(1) + ")");
    }

    private static VrlTool.Event withTable(Traveller traveller) {
        var event = traveller.event();
        var asking = event.event().deepCopy();
        var table = asking.putObject("table");
        var rows = rows(traveller.of().catalogue());
        for (var column : List.of("service", "pagerduty_service")) {
            var found = rows.stream()
                    .filter(row ->
                            row.path(column).asText().equals(asking.path(column).asText()))
                    .toList();
            if (found.size() == 1) {
                table.set(column, found.get(0));
            }
        }
        return new VrlTool.Event(asking, event.message(), event.secrets());
    }

    /** All values are texts, as in Vector. */
    private static List<ObjectNode> rows(Path csv) {
        try {
            var lines = Files.readAllLines(csv, StandardCharsets.UTF_8);
            var header = cells(lines.get(0));
            var rows = new ArrayList<ObjectNode>();
            for (var line : lines.subList(1, lines.size())) {
                var row = EdgeCase.JSON.createObjectNode();
                var cells = cells(line);
                for (var index = 0; index < header.size(); index++) {
                    row.put(header.get(index), cells.get(index));
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Enough of RFC 4180 for the catalogues of the cases: no line breaks in a cell. */
    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        for (var match = Pattern.compile("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))")
                        .matcher(line);
                match.find(); ) {
            cells.add(match.group(1) == null ? match.group(2) : match.group(1).replace("\"\"", "\""));
        }
        return cells;
    }
}
