package io.xtribe.fusionhub.platform;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One request to a platform.
 *
 * @param method the HTTP method
 * @param path below the platform's base URL, encoded
 * @param query encoded, or empty
 * @param body the JSON to send, or null
 */
public record PlatformRequest(String method, String path, String query, JsonNode body) {

    /** Whether it may change something on the platform. */
    public boolean isWrite() {
        return !"GET".equals(method);
    }
}
