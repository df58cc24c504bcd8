package io.xtribe.fusionhub.signal;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Bounds ids where they enter. They become keys, subjects and headers on NATS, whose protocol lines hold 4 KB, and parts
 * of URLs. An id that was cut would be another one, so one that is too long is refused.
 */
final class IdCheck {

    /** Longer than any id of a vendor; as a key in Base64 it still fits. */
    static final int ID = 255;
    /** An alert's key is joined from its monitor's and its group's tags. Only its hash becomes a key on NATS. */
    static final int KEY = 2_000;

    static final int URL = 2_000;

    private final JsonNode body;

    /** For ids that were found in this body. */
    IdCheck(JsonNode body) {
        this.body = body;
    }

    /**
     * The value, if it can be used.
     *
     * @param member the mapping's name for it, for the message where the value is not found in the body
     * @throws InvalidSignalException when it is too long or holds control characters
     */
    String check(String member, String value, int limit) {
        if (value.length() > limit) {
            throw new InvalidSignalException("%s has %d characters, at most %d are taken"
                    .formatted(place(member, value), value.length(), limit));
        }
        if (!SafeText.isClean(value)) {
            throw new InvalidSignalException(
                    "%s holds control characters: %s".formatted(place(member, value), SafeText.quoted(value)));
        }
        return value;
    }

    private String place(String member, String value) {
        return find(body, "", value).orElse(member);
    }

    private static Optional<String> find(JsonNode node, String pointer, String value) {
        if (node.isTextual() && node.textValue().equals(value)) {
            return Optional.of(pointer);
        }
        for (var member : node.properties()) {
            var found = find(member.getValue(), pointer + "/" + SafeText.line(member.getKey(), 40), value);
            if (found.isPresent()) {
                return found;
            }
        }
        for (int item = 0; item < node.size() && node.isArray(); item++) {
            var found = find(node.get(item), pointer + "/" + item, value);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
