package io.xtribe.fusionhub.platform;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.signal.SignatureScheme;

/**
 * What a vendor's webhooks are like: {@code webhook} in {@code platform.yaml}.
 *
 * @param signature how the vendor signs them, or null where it has no way of its own
 * @param deliveryId JSON pointers to the places where a body may hold the id of its delivery, which is stable over retries;
 *     the first that holds one counts
 * @param types which types of events there are beside {@code <platform>.incident}, by the last part of their names
 */
public record WebhookRules(SignatureScheme signature, List<String> deliveryId, Map<String, EventType> types) {

    /** Of a vendor that says nothing about its webhooks. */
    public static final WebhookRules NONE = new WebhookRules(null, null, null);

    /** All that is no other type. */
    private static final String INCIDENT = "incident";

    /**
     * The rules.
     *
     * @throws IllegalArgumentException when one cannot be used
     */
    public WebhookRules {
        deliveryId = deliveryId == null ? List.of() : List.copyOf(deliveryId);
        deliveryId.forEach(pointer -> compiled("deliveryId", pointer));
        types = types == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(types));
        types.keySet().forEach(type -> {
            if (!type.matches("[a-z][a-z0-9-]*")) {
                throw new IllegalArgumentException("the type '" + type + "' is not of the form a-z, 0-9 and -");
            }
        });
    }

    /**
     * How a type of events is known.
     *
     * @param at JSON pointer to a text of the body
     * @param pattern what that text holds
     */
    public record EventType(String at, Pattern pattern) {

        /**
         * A type.
         *
         * @throws IllegalArgumentException when a member is missing or is no pointer
         */
        public EventType {
            compiled("at", at);
            if (pattern == null) {
                throw new IllegalArgumentException("a type of events needs 'at' and 'pattern'");
            }
        }
    }

    /** Where a body may hold the id of its delivery. */
    public List<JsonPointer> idPlaces() {
        return deliveryId.stream().map(JsonPointer::compile).toList();
    }

    /** The last part of the name of a body's type. */
    public String type(JsonNode body) {
        return types.entrySet().stream()
                .filter(type -> type.getValue()
                        .pattern()
                        .matcher(body.at(type.getValue().at()).asText(""))
                        .find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(INCIDENT);
    }

    private static void compiled(String member, String pointer) {
        if (pointer == null || !pointer.startsWith("/")) {
            throw new IllegalArgumentException(
                    "'" + member + "' is '" + pointer + "': a JSON pointer begins with /, such as /event/id");
        }
    }
}
