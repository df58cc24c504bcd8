package io.xtribe.fusionhub.converge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Title;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.PlatformTime;
import io.xtribe.fusionhub.signal.SafeText;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.signal.Words;

/** Reads a platform reference, as a platform's mapping makes it out of the vendor's answer; see docs/mappings.md. */
final class PlatformAnswer {

    private PlatformAnswer() {}

    /**
     * Reads one answer.
     *
     * @param unknown told of each word that has no meaning; it counts as not said
     * @throws IllegalArgumentException when the mapping yielded no id: the vendor's answer was not what it should be
     */
    static Observation read(JsonNode node, Step step, Words words, Consumer<UnknownWord> unknown) {
        var id = text(node, "id");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("the answer holds no record id");
        }
        var time = text(node, "time");
        var at = time.isEmpty() ? Instant.EPOCH : PlatformTime.parse(time);
        var version = node.path("version").asLong(-1);
        return new Observation(
                step.platform(),
                step.part(),
                key(text(node, "key")),
                new Reference(id, text(node, "number"), text(node, "url"), false, false),
                new Observation.Field(
                        UnknownWord.ours("status", step.routePart(), text(node, "status"), words, unknown),
                        at,
                        version),
                new Observation.Field(priority(node, step, words, unknown), at, version),
                new Observation.Field(SafeText.title(text(node, "title"), Title.LIMIT), at, version),
                SignalEnd.RESOLVE,
                List.of(),
                null);
    }

    /** A word that means no priority, or an empty one, is what the record shows; an unknown one says nothing. */
    private static String priority(JsonNode node, Step step, Words words, Consumer<UnknownWord> unknown) {
        var isUnknown = new boolean[1];
        var ours = UnknownWord.ours("priority", step.routePart(), text(node, "priority"), words, word -> {
            isUnknown[0] = true;
            unknown.accept(word);
        });
        var isNone = ours.isEmpty() && node.hasNonNull("priority") && !isUnknown[0];
        return isNone ? Observation.Field.NONE : ours;
    }

    static List<Observation> readAll(JsonNode array, Step step, Words words, Consumer<UnknownWord> unknown) {
        var answers = new ArrayList<Observation>();
        array.forEach(node -> answers.add(read(node, step, words, unknown)));
        return answers;
    }

    /** A text in which our key stands among others is not our key. */
    private static PlatformKey key(String text) {
        return PlatformKey.findIn(text)
                .filter(key -> key.toString().equals(text))
                .orElse(null);
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
