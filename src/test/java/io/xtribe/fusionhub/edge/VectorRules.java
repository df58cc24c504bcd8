package io.xtribe.fusionhub.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** What must hold for Vector's configuration to lose nothing, as far as that can be told without Vector. */
final class VectorRules {

    private static final Pattern SECRET = Pattern.compile("SECRET\\[(\\w+)\\.([\\w.]+)]");
    private static final Pattern SUBJECT = Pattern.compile("fusion\\.(signals|dead-letters)\\.(\\w+|\\{\\{ \\w+ }})");
    /** What they drop is answered with 200 and gone, retries included. */
    private static final Set<String> LOSSY = Set.of("dedupe", "throttle", "sample");

    private final VectorConfig config;
    private final List<String> problems = new ArrayList<>();

    private VectorRules(VectorConfig config) {
        this.config = config;
    }

    /** One sentence for each rule that is broken, empty where all hold. */
    static List<String> problems(VectorConfig config) {
        var rules = new VectorRules(config);
        rules.topology();
        rules.refusals();
        rules.programs();
        rules.source();
        rules.sinks();
        rules.interpolation();
        return rules.problems;
    }

    private void topology() {
        var outputs = new ArrayList<String>();
        config.components().keySet().forEach(id -> outputs.addAll(config.outputs(id)));
        config.components().forEach((id, component) -> {
            component.path("inputs").forEach(input -> {
                if (!outputs.contains(input.asText())) {
                    problems.add("input " + input.asText() + " of " + id + " does not exist");
                }
            });
            if (LOSSY.contains(component.path("type").asText())) {
                problems.add(id + " is a " + component.path("type").asText() + ": it loses what is sent again");
            }
        });
        outputs.stream()
                .filter(output -> config.readers(output).isEmpty())
                .forEach(output -> problems.add("nobody reads " + output + ": it would be answered with 200 and gone"));
    }

    private void refusals() {
        remaps((id, remap) -> {
            var drops = remap.path("drop_on_error").asBoolean(false);
            var reroutes = remap.path("reroute_dropped").asBoolean(false);
            if (endsAmongDeadLetters(id)) {
                if (drops || remap.path("drop_on_abort").asBoolean(true)) {
                    problems.add(id + " is the last step of a dead letter and must not drop it");
                }
            } else if (!drops) {
                problems.add(id + " lets pass unchanged what it fails on: set drop_on_error");
            } else if (!reroutes) {
                problems.add(id + " drops into nothing: set reroute_dropped");
            }
        });
    }

    private boolean endsAmongDeadLetters(String id) {
        return config.readers(id).stream()
                .filter(config::isSink)
                .anyMatch(sink ->
                        config.components().get(sink).path("subject").asText().startsWith("fusion.dead-letters."));
    }

    private void programs() {
        var used = new ArrayList<String>();
        remaps((id, remap) -> {
            if (remap.has("file")) {
                used.add(remap.path("file").asText());
            }
            if (config.program(remap).isBlank()) {
                problems.add(id + " has no program");
            }
        });
        config.files().keySet().stream()
                .filter(file -> file.endsWith(".vrl") && !used.contains(file))
                .forEach(file -> problems.add("nobody uses " + file));
    }

    private void source() {
        components("http_server", (id, source) -> {
            if (!source.path("framing").path("method").asText().equals("bytes")
                    || !source.path("decoding").path("codec").asText().equals("bytes")) {
                problems.add("framing and codec of " + id + " must be bytes: a line break would end a body");
            }
            if (!source.path("auth").path("strategy").asText().equals("custom")) {
                problems.add(id + " authenticates nobody");
            }
        });
    }

    private void sinks() {
        if (!config.pipeline().path("acknowledgements").path("enabled").asBoolean()) {
            problems.add("acknowledgements are off: 200 would come before NATS has stored anything");
        }
        var connections = new ArrayList<String>();
        components("nats", (id, sink) -> {
            if (!SUBJECT.matcher(sink.path("subject").asText()).matches()) {
                problems.add("the subject of " + id + " has no literal prefix of ours: "
                        + sink.path("subject").asText());
            }
            if (!sink.path("acknowledgements").path("enabled").asBoolean()) {
                problems.add("acknowledgements of " + id + " are off");
            }
            if (!sink.path("jetstream").path("enabled").asBoolean()) {
                problems.add(id + " does not wait for JetStream");
            }
            if (sink.path("subject").asText().startsWith("fusion.signals.")
                    && !sink.path("jetstream")
                            .path("headers")
                            .path("message_id")
                            .asText()
                            .equals("{{ id }}")) {
                problems.add(id + " sends no Nats-Msg-Id: what comes twice would be stored twice");
            }
            if (!sink.path("buffer").path("when_full").asText().equals("block")) {
                problems.add(id + " drops what its buffer does not hold");
            }
            if (!sink.path("tls").path("enabled").asBoolean() || !sink.has("auth")) {
                problems.add(id + " needs TLS and credentials");
            }
            connections.add(sink.path("url") + " " + sink.path("auth") + " " + sink.path("tls"));
        });
        if (connections.stream().distinct().count() > 1) {
            problems.add("the NATS sinks differ in their connection: " + connections);
        }
    }

    private void interpolation() {
        config.files().forEach((file, text) -> {
            if (text.contains("${")) {
                problems.add(file + " has a ${: Vector no longer replaces it");
            }
            SECRET.matcher(text).results().forEach(secret -> {
                if (file.endsWith(".vrl")) {
                    problems.add(file + " names a secret: they are not replaced in files of their own");
                } else if (!config.environment().path("secret").has(secret.group(1))) {
                    problems.add("no backend for " + secret.group());
                }
            });
        });
    }

    private interface Check {
        void check(String id, JsonNode component);
    }

    private void remaps(Check check) {
        components("remap", check);
    }

    private void components(String type, Check check) {
        Consumer<String> each = id -> check.check(id, config.components().get(id));
        config.components().keySet().stream()
                .filter(id -> config.components().get(id).path("type").asText().equals(type))
                .forEach(each);
    }
}
