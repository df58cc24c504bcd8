package io.xtribe.fusionhub.conformance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.platform.Vocabulary;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SignalReader;

/** Holds what a route yields to the form in which the hub reads it, whatever the case expects. */
final class Yield {

    private static final Set<String> REFERENCES = Set.of("open", "find", "update");
    private static final List<String> LEVELS = List.of("ok", "warning", "error");
    private static final List<String> NEEDED = List.of("id", "number", "url");

    private Yield() {}

    /** What is wrong, a line each; empty when nothing is, or where the hub does not read the body. */
    static List<String> problems(String operation, JsonNode input, Object yielded, Vocabulary words) {
        var problems = new ArrayList<String>();
        if (operation.equals("signal")) {
            signal(input, yielded, words, problems);
        } else if (operation.equals("poll")) {
            poll(yielded, problems);
        } else if (operation.equals("check")) {
            check(yielded, problems);
        } else if (REFERENCES.contains(operation) && yielded instanceof JsonNode answer) {
            (answer.isArray() ? answer : List.of(answer)).forEach(reference -> reference(reference, problems));
        }
        return problems;
    }

    private static void poll(Object yielded, List<String> problems) {
        var found = yielded instanceof JsonNode page ? page.path("found") : MissingNode.getInstance();
        if (!found.isArray()) {
            problems.add("a poll yields an object with the list 'found', and this is none: " + yielded);
        }
        for (var one : found) {
            if (one.path("id").asText("").isEmpty() || !one.path("data").isObject()) {
                problems.add("each of 'found' needs an 'id', and an object as 'data': " + one);
            }
        }
    }

    private static void check(Object yielded, List<String> problems) {
        if (!(yielded instanceof JsonNode list) || !list.isArray()) {
            problems.add("a check yields a list, which is empty where nothing is wrong, and this is none: " + yielded);
            return;
        }
        for (var one : list) {
            if (!LEVELS.contains(one.path("level").asText())
                    || one.path("text").asText("").isEmpty()) {
                problems.add("each finding has a 'text', and a 'level' of " + LEVELS + ": " + one);
            }
        }
    }

    private static void signal(JsonNode input, Object yielded, Vocabulary words, List<String> problems) {
        try {
            var envelope = new CloudEvent("case", "case", "case", Instant.now(), RoutingHints.NONE, input);
            SignalReader.read(envelope, yielded instanceof JsonNode node ? node : null, words, word -> {});
        } catch (InvalidSignalException | IllegalArgumentException e) {
            problems.add("the hub cannot read the signal: " + e.getMessage());
        }
    }

    private static void reference(JsonNode reference, List<String> problems) {
        NEEDED.stream()
                .filter(member -> reference.path(member).asText("").isEmpty())
                .forEach(member -> problems.add("a reference needs '" + member + "', and this has none: " + reference));
    }
}
