package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/**
 * Recognises most noise by a few fields of the raw bytes, so that neither the body is parsed nor a mapping run for it. It
 * decides only on first signs of a priority that is not opened; all other signals are handled as if they had not been looked at.
 */
public final class SignalPeek {

    private static final JsonFactory JSON = new JsonFactory();
    private static final List<String> ENVELOPE = List.of("specversion", "id", "type", "time");
    private static final int ALL_OF_ENVELOPE = (1 << 4) - 1;

    /** Which members are wanted below a place, and under which number each is kept. */
    private static final class Wanted {
        private final Map<String, Wanted> members = new HashMap<>();
        private int slot = -1;

        /** Returns the next free number: the members on the way get one each, by which one that comes twice is noticed. */
        int add(String place, int number, int free) {
            var at = this;
            var next = free;
            for (var member : place.substring(1).split("/")) {
                at = at.members.computeIfAbsent(member, name -> new Wanted());
                if (at.slot < 0) {
                    at.slot = next++;
                }
            }
            at.slot = number;
            return next;
        }

        /** Nothing stands below a place that is null. */
        void setEmpty(String[] values) {
            values[slot] = "";
            members.values().forEach(member -> member.setEmpty(values));
        }
    }

    /** The rules of one source, and what its data must be searched for. */
    private record Source(PeekRules rules, Words words, List<String> places, Wanted wanted, int slots) {

        static Source of(PeekRules rules, Words words) {
            var places = rules.places().distinct().toList();
            var wanted = new Wanted();
            var slots = places.size();
            for (var place : places) {
                slots = wanted.add(place, places.indexOf(place), slots);
            }
            return new Source(rules, words, places, wanted, slots);
        }

        String value(String[] values, String place) {
            var value = values[places.indexOf(place)];
            return value == null ? "" : value;
        }
    }

    /**
     * A first sign that opens no incident, unless its incident exists already.
     *
     * @param source the platform's name
     * @param scope its organisation or instance
     * @param key the origin's own key
     * @param priority the priority that is not opened, such as {@code P3}; empty for none
     */
    public record Unopened(String source, String scope, String key, String priority) {}

    private final Map<String, Source> sources;
    private final Predicate<String> opens;

    /**
     * A peek.
     *
     * @param rules by source
     * @param words what the words of a source mean
     * @param opens whether a priority, such as {@code P3}, is opened
     */
    public SignalPeek(Map<String, PeekRules> rules, Function<String, Words> words, Predicate<String> opens) {
        this.sources = rules.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, rule -> Source.of(rule.getValue(), words.apply(rule.getKey()))));
        this.opens = opens;
    }

    /** Empty when the mapping has to decide, or the bytes are no envelope. */
    public Optional<Unopened> unopened(byte[] event) {
        try (var parser = JSON.createParser(event)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? envelope(parser) : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** Empty also where a member that decides is there twice: which of the two counts is left to the mapping. */
    private Optional<Unopened> envelope(JsonParser parser) throws IOException {
        var attributes = 0;
        Source source = null;
        String name = null;
        String[] values = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var member = parser.currentName();
            parser.nextToken();
            var attribute = ENVELOPE.indexOf(member);
            if (attribute >= 0) {
                if (!parser.hasToken(JsonToken.VALUE_STRING) || (attributes & 1 << attribute) != 0) {
                    return Optional.empty();
                }
                attributes |= 1 << attribute;
            } else if (member.equals("source") && name == null) {
                name = parser.getText().replaceFirst("^/", "");
                source = sources.get(name);
            } else if (member.equals("data")
                    && values == null
                    && source != null
                    && parser.hasToken(JsonToken.START_OBJECT)) {
                values = new String[source.slots()];
                if (!read(parser, source.wanted(), values)) {
                    return Optional.empty();
                }
            } else if (member.equals("source") || member.equals("data")) {
                return Optional.empty();
            } else {
                parser.skipChildren();
            }
        }
        return attributes == ALL_OF_ENVELOPE && values != null && parser.nextToken() == null
                ? decide(name, source, values)
                : Optional.empty();
    }

    /** False where a member that is wanted is there twice, or is neither a value nor, on the way to one, an object. */
    private static boolean read(JsonParser parser, Wanted wanted, String[] values) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var below = wanted.members.get(parser.currentName());
            parser.nextToken();
            if (below == null) {
                parser.skipChildren();
                continue;
            }
            if (values[below.slot] != null) {
                return false;
            }
            values[below.slot] = "";
            if (below.members.isEmpty() ? !take(parser, below, values) : !descend(parser, below, values)) {
                return false;
            }
        }
        return true;
    }

    private static boolean take(JsonParser parser, Wanted wanted, String[] values) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            return true;
        }
        if (!parser.currentToken().isScalarValue()) {
            return false;
        }
        values[wanted.slot] = parser.getText();
        return true;
    }

    private static boolean descend(JsonParser parser, Wanted wanted, String[] values) throws IOException {
        if (parser.hasToken(JsonToken.VALUE_NULL)) {
            wanted.members.values().forEach(member -> member.setEmpty(values));
            return true;
        }
        return parser.hasToken(JsonToken.START_OBJECT) && read(parser, wanted, values);
    }

    private Optional<Unopened> decide(String name, Source source, String[] values) {
        var rules = source.rules();
        var isFirst = rules.when().entrySet().stream()
                .allMatch(when -> when.getValue().contains(source.value(values, when.getKey())));
        if (!isFirst
                || rules.ourKey().stream()
                        .anyMatch(place -> !source.value(values, place).isEmpty())) {
            return Optional.empty();
        }
        var priority = source.words().priority(rules.part(), source.value(values, rules.priority()));
        var key = source.value(values, rules.key());
        var scope = rules.scopePattern().matcher(source.value(values, rules.scope()));
        // A priority that is not understood is no reason to drop anything, nor is one whose place is not there at all.
        return values[source.places().indexOf(rules.priority())] == null
                        || priority.filter(opens.negate()).isEmpty()
                        || key.isEmpty()
                        || !scope.matches()
                ? Optional.empty()
                : Optional.of(new Unopened(name, scope.group(1), key, priority.get()));
    }
}
