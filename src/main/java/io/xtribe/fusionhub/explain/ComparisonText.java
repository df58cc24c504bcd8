package io.xtribe.fusionhub.explain;

import com.fasterxml.jackson.databind.JsonNode;

/** What a comparison has found, as people read it. */
final class ComparisonText {

    private final StringBuilder text = new StringBuilder();

    private ComparisonText() {}

    /** The lines of a comparison in JSON. */
    static String of(JsonNode found) {
        var all = new ComparisonText();
        found.path("differences").forEach(all::difference);
        all.line(found.path("signals").asText() + " signals compared with "
                + found.path("against").asText() + ": "
                + (found.path("differing").asLong() == 0
                        ? "nothing differs"
                        : found.path("differing").asText() + " differ"));
        found.path("remarks").forEach(remark -> all.line("Remark  " + remark.asText()));
        return all.text.toString();
    }

    private void difference(JsonNode difference) {
        var event = difference.path("event");
        line((difference.has("sequence")
                        ? "Signal " + difference.path("sequence").asText()
                        : "Signal") + " " + difference.path("at").asText() + " "
                + event.path("type").asText() + " " + event.path("id").asText());
        side("now  ", difference.path("now"));
        side("other", difference.path("other"));
        line("");
    }

    private void side(String name, JsonNode side) {
        line("  " + name + " " + side.path("outcome").asText() + ", by the rule "
                + side.path("rule").asText() + ": " + side.path("reason").asText());
        for (var request : side.path("requests")) {
            line("        " + request.path("method").asText() + " "
                    + request.path("url").asText());
            if (request.has("body")) {
                line("          " + request.path("body"));
            }
        }
    }

    private void line(String line) {
        text.append(line).append(System.lineSeparator());
    }
}
