package io.xtribe.fusionhub.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import io.xtribe.fusionhub.platform.Platform;

/**
 * What the descriptors of platforms say of their vendors, as a page for people: what was assumed and from which source, what
 * each word means, and what the hub does with each refusal. It is written from the text of the descriptors, so that a table
 * that is added there is not left out here.
 */
public final class VendorPage {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String HEAD = """
            # What is known of the vendors

            Written by `bin/fusion platform page > docs/vendors.md` from `platform.yaml` in each vendor's folder; a test compares. Change the
            descriptor, not this page. What the members of a descriptor mean: [platform.md](platform.md).
            """;
    private static final Map<String, String> CONSEQUENCES = Map.of(
            "throttled", "waits as long as it is asked to, then does it again",
            "later", "does it again with back-off",
            "already", "takes it for done; for a create, finds the record and adopts it",
            "record", "rejects this step, and tries again when the desired state changes",
            "feature", "does without it",
            "account", "pauses the platform until its probe succeeds",
            "unknown", "reads what stands, then does what is missing");

    private final List<String> lines = new ArrayList<>();

    private VendorPage() {}

    /** The page of these platforms, in this order. */
    public static String of(Collection<Platform> platforms) {
        var page = new VendorPage();
        page.lines.addAll(HEAD.lines().toList());
        for (var platform : platforms) {
            page.platform(descriptor(platform));
        }
        return String.join("\n", page.lines) + "\n";
    }

    private static JsonNode descriptor(Platform platform) {
        try {
            return YAML.readTree(platform.folder().text("platform.yaml"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the descriptor was read before", e);
        }
    }

    private void platform(JsonNode descriptor) {
        heading("## " + text(descriptor, "title", descriptor.path("name").asText()));
        lines.add(descriptor.path("description").asText());
        assumptions(descriptor.path("assumes"));
        speaker(descriptor);
        words("Statuses", descriptor.path("status"));
        words("Priorities", descriptor.path("priority"));
        refusals(descriptor.path("refusals"), descriptor.path("errorCode").asText());
    }

    private void assumptions(JsonNode assumes) {
        if (!assumes.isEmpty()) {
            heading("### Assumed");
            row("what", "source");
            row("---", "---");
            assumes.forEach(one -> row(text(one, "text", ""), text(one, "source", "")));
        }
    }

    private void speaker(JsonNode descriptor) {
        var speaker = descriptor.path("speaker");
        if (!speaker.isEmpty()) {
            heading("### Who may speak");
            lines.add("The " + speaker.path("what").asText() + " that `fusion."
                    + descriptor.path("name").asText() + "."
                    + speaker.path("setting").asText()
                    + "` names" + (speaker.has("host") ? ", else that of the base URL" : "")
                    + (speaker.path("asks").asBoolean() ? ", else the one that the API tells" : "")
                    + ". What another one sends becomes a dead letter of the class `foreign`.");
        }
    }

    private void words(String heading, JsonNode tables) {
        if (tables.isEmpty()) {
            return;
        }
        heading("### " + heading);
        row("of", "its word", "for the hub");
        row("---", "---", "---");
        tables.properties().forEach(table -> meanings(table.getKey(), table.getValue()));
        lines.add("");
        row("of", "the hub's word", "is sent as");
        row("---", "---", "---");
        tables.properties().forEach(table -> table.getValue()
                .path("sent")
                .properties()
                .forEach(sent -> row(table.getKey(), sent.getKey(), code(written(sent.getValue())))));
        tables.properties().forEach(table -> others(table.getKey(), table.getValue()));
    }

    /** The words that mean the same in one row. */
    private void meanings(String part, JsonNode table) {
        var byMeaning = new LinkedHashMap<String, List<String>>();
        table.path("means").properties().forEach(word -> byMeaning
                .computeIfAbsent(word.getValue().asText(), any -> new ArrayList<>())
                .add(code(word.getKey())));
        byMeaning.forEach((ours, words) -> row(part, String.join(", ", words), ours.isEmpty() ? "says nothing" : ours));
    }

    /** Whatever else a table holds. */
    private void others(String part, JsonNode table) {
        table.properties().stream()
                .filter(member -> !List.of("means", "sent").contains(member.getKey()))
                .forEach(member -> {
                    lines.add("");
                    lines.add("Of " + part + ", " + code(member.getKey()) + ": " + code(written(member.getValue()))
                            + ".");
                });
    }

    private void refusals(JsonNode refusals, String errorCode) {
        if (refusals.isEmpty()) {
            return;
        }
        heading("### Refusals");
        lines.add("The first row that fits counts"
                + (errorCode.isEmpty() ? "" : "; the code stands at `" + errorCode + "`")
                + ". Without one the status decides, as for [all platforms](platform.md#refusals).");
        lines.add("");
        row("the vendor says", "known by", "the hub");
        row("---", "---", "---");
        refusals.forEach(refusal -> {
            var means = refusal.path("means").asText();
            row(text(refusal, "description", ""), knownBy(refusal), CONSEQUENCES.getOrDefault(means, means));
        });
    }

    private static String knownBy(JsonNode refusal) {
        var signs = new ArrayList<String>();
        refusal.properties().stream()
                .filter(member -> !List.of("description", "means").contains(member.getKey()))
                .forEach(member -> signs.add(member.getKey() + " " + code(written(member.getValue()))));
        return String.join(", ", signs);
    }

    private static String written(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static String text(JsonNode node, String member, String otherwise) {
        return node.path(member).asText(otherwise).strip();
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private void heading(String text) {
        lines.add("");
        lines.add(text);
        lines.add("");
    }

    private void row(String... cells) {
        var row = new StringBuilder("|");
        for (var cell : cells) {
            row.append(' ')
                    .append(cell.replace("|", "\\|").replaceAll("\\s+", " "))
                    .append(" |");
        }
        lines.add(row.toString());
    }
}
