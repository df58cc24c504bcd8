package io.xtribe.fusionhub.edge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/** What must hold for Vector's configuration to lose nothing, as far as that can be told without Vector. */
final class VectorRules {

    private static final Pattern SECRET = Pattern.compile("SECRET\\[(\\w+)\\.([\\w.]+)]");
    private static final Pattern SUBJECT = Pattern.compile("fusion\\.(signals|dead-letters)\\.(\\w+|\\{\\{ \\w+ }})");
    /** What they drop is answered with 200 and gone, retries included. */
    private static final Set<String> LOSSY = Set.of("dedupe", "throttle", "sample");

    /** What comes out of these was authenticated. */
    private static final List<String> AUTHENTIC = List.of("by_platform.datadog", "check_signature");

    private static final int WEEK = 7 * 24 * 3600;

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
        rules.strangers();
        rules.refuser();
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
        if (config.pipeline().has("acknowledgements")) {
            problems.add("acknowledgements at the top are asked of the internal metrics too: only sinks have them");
        }
        var connections = new ArrayList<String>();
        components("nats", (id, sink) -> {
            if (!SUBJECT.matcher(sink.path("subject").asText()).matches()) {
                problems.add("the subject of " + id + " has no literal prefix of ours: "
                        + sink.path("subject").asText());
            }
            if (!sink.path("jetstream").path("enabled").asBoolean()) {
                problems.add(id + " does not wait for JetStream");
            }
            if (!sink.at("/jetstream/headers/message_id").asText().equals("{{ id }}")) {
                problems.add(id + " sends no Nats-Msg-Id: what comes twice would be stored twice");
            }
            if (sink.at("/encoding/except_fields").toString().contains("\"id\"")) {
                problems.add(id + " leaves out the id, which its readers need");
            }
            if (sink.at("/request/retry_max_duration_secs").asInt(3600) > 2) {
                problems.add(id + " may wait long after NATS is back: retry_max_duration_secs");
            }
            if (!sink.path("tls").path("enabled").asBoolean() || !sink.has("auth")) {
                problems.add(id + " needs TLS and credentials");
            }
            connections.add(sink.path("url") + " " + sink.path("auth") + " " + sink.path("tls"));
        });
        if (connections.stream().distinct().count() > 1) {
            problems.add("the NATS sinks differ in their connection: " + connections);
        }
        components("prometheus_exporter", (id, sink) -> {
            if (sink.path("flush_period_secs").asInt(60) < WEEK) {
                problems.add(id + " forgets counters: flush_period_secs");
            }
        });
    }

    /** Who is not let in must not be able to hold up who is; who is let in must not be dropped. */
    private void strangers() {
        var strangers = sinksBehind(List.of("webhooks"));
        var authentic = sinksBehind(AUTHENTIC);
        strangers.stream()
                .filter(id -> !dropsWhenFull(id))
                .forEach(id -> problems.add("what failed authentication waits in " + id + ", and a P1 behind it"));
        authentic.stream()
                .filter(this::dropsWhenFull)
                .forEach(id -> problems.add(id + " drops what is authentic when its buffer is full"));
        authentic.stream()
                .filter(id -> !config.components()
                        .get(id)
                        .at("/acknowledgements/enabled")
                        .asBoolean())
                .forEach(id ->
                        problems.add("acknowledgements of " + id + " are off: 200 would come before it is stored"));
    }

    private boolean dropsWhenFull(String sink) {
        var buffer = config.components().get(sink).path("buffer");
        return buffer.path("when_full").asText().equals("drop_newest")
                && buffer.path("max_events").asInt() <= 100;
    }

    /** The sinks that events reach from these outputs, but for counters and without becoming authentic. */
    private Set<String> sinksBehind(List<String> outputs) {
        var sinks = new TreeSet<String>();
        var waiting = new ArrayDeque<>(outputs);
        var seen = new HashSet<String>(AUTHENTIC);
        while (!waiting.isEmpty()) {
            config.readers(waiting.remove()).forEach(reader -> {
                if (config.isSink(reader)) {
                    sinks.add(reader);
                } else if (!config.components()
                        .get(reader)
                        .path("type")
                        .asText()
                        .equals("log_to_metric")) {
                    config.outputs(reader).stream().filter(seen::add).forEach(waiting::add);
                }
            });
        }
        return sinks;
    }

    /** The sink that has a request refused by asking the source for what it refuses. */
    private void refuser() {
        var address = config.pipeline().at("/sources/webhooks/address").asText();
        components("http", (id, sink) -> {
            if (!sink.path("uri")
                    .asText()
                    .equals("http://127.0.0.1:" + address.substring(address.lastIndexOf(':') + 1)
                            + "/webhooks/refused")) {
                problems.add(id + " does not ask the source webhooks");
            }
            if (!sink.at("/acknowledgements/enabled").asBoolean()) {
                problems.add(id + " refuses nobody without acknowledgements");
            }
            if (sink.at("/batch/max_events").asInt() != 1
                    || sink.at("/request/retry_attempts").asInt(1) != 0) {
                problems.add(id + " lets the sender wait: one event a batch, no retries");
            }
        });
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
