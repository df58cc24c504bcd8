package io.xtribe.fusionhub.explain;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** An explanation as people read it. */
final class ExplanationText {

    private final StringBuilder text = new StringBuilder();

    private ExplanationText() {}

    /** The lines of an explanation in JSON. */
    static String of(JsonNode explanation) {
        var all = new ExplanationText();
        all.tell(explanation);
        return all.text.toString();
    }

    private void tell(JsonNode explanation) {
        var event = explanation.path("event");
        if (event.isObject()) {
            line("Signal     " + event.path("type").asText() + " "
                    + event.path("id").asText());
        }
        var said = explanation.path("observation");
        if (said.isObject()) {
            line("Says       " + joined(said, "kind", "priority", "status", "title"));
        }
        var decision = explanation.path("decision");
        line("Decision   " + decision.path("outcome").asText() + ", by the rule "
                + decision.path("rule").asText() + ": "
                + decision.path("reason").asText());
        if (decision.has("remedy")) {
            line("Remedy     " + decision.path("remedy").asText());
        }
        var notes = decision.path("notes");
        for (var i = 0; i < notes.size() - 1; i++) {
            line("           also " + note(notes.get(i)));
        }
        if (explanation.has("incident")) {
            line("Incident   " + explanation.path("incident").asText());
            line("  before   " + record(explanation.path("before")));
            line("  after    " + record(explanation.path("after")));
        }
        rounds(explanation);
        explanation.path("remarks").forEach(remark -> line("Remark     " + remark.asText()));
    }

    private void rounds(JsonNode explanation) {
        var rounds = explanation.path("rounds");
        if (rounds.isEmpty()) {
            line("Requests   none");
            return;
        }
        var number = 0;
        for (var round : rounds) {
            line("");
            line("Round " + ++number);
            round.path("steps").forEach(this::step);
        }
        line("");
        line("  in the end " + record(explanation.path("end"))
                + (explanation.path("settled").asBoolean() ? ", nothing is left to do" : ", something is left to do"));
        if (!explanation.path("events").isEmpty()) {
            line("Events     " + String.join(", ", texts(explanation.path("events"))));
        }
    }

    private void step(JsonNode step) {
        line("  " + step.path("platform").asText() + ": "
                + step.path("operation").asText() + " " + step.path("part").asText() + ", route "
                + step.path("route").asText());
        step.path("requests").forEach(this::request);
        if (!step.path("outcome").asText().equals("ok")) {
            line("    " + step.path("outcome").asText() + ": "
                    + step.path("why").asText());
        }
        step.path("notes").forEach(note -> line("    then " + note(note)));
    }

    private void request(JsonNode request) {
        line("    " + request.path("method").asText() + " "
                + request.path("url").asText());
        request.path("headers")
                .properties()
                .forEach(header -> line(
                        "      " + header.getKey() + ": " + header.getValue().asText()));
        if (request.has("body")) {
            line("      " + request.path("body"));
        }
        var answer = request.path("answer");
        line("      <- "
                + (answer.has("assumedFrom")
                        ? answer.path("status").asText() + ", assumed from "
                                + answer.path("assumedFrom").asText()
                        : answer.path("missing").asText()));
    }

    private static String note(JsonNode note) {
        return note.path("rule").asText() + ": " + note.path("text").asText();
    }

    private static String record(JsonNode record) {
        if (!record.isObject()) {
            return "none";
        }
        var opened = new ArrayList<String>();
        record.path("platforms")
                .properties()
                .forEach(platform -> platform.getValue().properties().forEach(part -> {
                    var reference = part.getValue().path("reference");
                    if (reference.isObject()) {
                        opened.add(platform.getKey() + " " + part.getKey() + " "
                                + reference.path("number").asText());
                    }
                }));
        return joined(record, "status", "priority", "title")
                + (opened.isEmpty() ? "" : ", " + String.join(", ", opened));
    }

    private static String joined(JsonNode object, String... members) {
        return String.join(
                " ",
                List.of(members).stream()
                        .map(member -> object.path(member).asText(""))
                        .filter(value -> !value.isEmpty() && !value.equals("null"))
                        .toList());
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
