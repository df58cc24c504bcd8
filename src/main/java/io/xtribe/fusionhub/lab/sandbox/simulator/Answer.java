package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** What a simulator answers: status, JSON body (null for none), content type and further headers. */
public record Answer(int status, JsonNode body, String contentType, Map<String, String> headers) {
    public static final String JSON = "application/json";

    public static Answer of(int status, JsonNode body) {
        return new Answer(status, body, JSON, Map.of());
    }

    public static Answer of(int status, String literal) {
        return of(status, Json.literal(literal));
    }

    public static Answer empty(int status) {
        return new Answer(status, null, null, Map.of());
    }

    public Answer as(String otherContentType) {
        return new Answer(status, body, otherContentType, headers);
    }

    public Answer with(Map<String, String> moreHeaders) {
        return new Answer(status, body, contentType, moreHeaders);
    }
}
