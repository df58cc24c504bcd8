package io.xtribe.fusionhub.console;

import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.signal.SafeText;

/** The JSON object that a request of an operator may have as its body. */
final class RequestBody {

    private static final int REASON_LIMIT = 500;
    private static final String REASON = "reason";

    private RequestBody() {}

    /**
     * Reads it; none is an empty one.
     *
     * @param members what it may have beside {@code reason}
     * @throws BadRequestException when it is no JSON object, or has another member
     */
    static JsonNode read(String body, Set<String> members) {
        if (body == null || body.isBlank()) {
            return IncidentJson.mapper().createObjectNode();
        }
        try {
            var read = IncidentJson.mapper().readTree(body);
            if (!read.isObject()) {
                throw refused("the body must be a JSON object");
            }
            read.fieldNames().forEachRemaining(name -> {
                if (!name.equals(REASON) && !members.contains(name)) {
                    throw refused("unknown member " + SafeText.quoted(name) + ", known are reason"
                            + (members.isEmpty() ? "" : ", " + String.join(", ", new TreeSet<>(members))));
                }
            });
            return read;
        } catch (JsonProcessingException e) {
            throw refused("the body is no JSON");
        }
    }

    /** Why it is asked for: free text on one line, may be empty. */
    static String reason(JsonNode body) {
        return SafeText.line(body.path(REASON).asText(""), REASON_LIMIT).strip();
    }

    static BadRequestException refused(String why) {
        return new BadRequestException(Refused.answer(Response.Status.BAD_REQUEST, why));
    }
}
