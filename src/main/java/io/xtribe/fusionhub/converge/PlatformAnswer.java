package io.xtribe.fusionhub.converge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.signal.PlatformTime;

/**
 * A platform reference as a platform's mapping makes it out of the vendor's answer.
 *
 * @param id the platform's own id; never empty
 * @param number what people call it
 * @param url where people open it
 * @param key the key of ours that the record carries, as the vendor returned it
 * @param status {@code open}, {@code acknowledged}, {@code active}, {@code resolved} or empty
 * @param priority {@code P1} to {@code P5} or empty
 * @param time of its last change, by the platform's clock
 * @param version its count of changes, or -1
 */
public record PlatformAnswer(
        String id, String number, String url, String key, String status, String priority, Instant time, long version) {

    /**
     * Reads one answer.
     *
     * @throws IllegalArgumentException when the mapping yielded no id: the vendor's answer was not what it should be
     */
    public static PlatformAnswer read(JsonNode node) {
        var id = node.path("id").asText("");
        if (id.isEmpty()) {
            throw new IllegalArgumentException("the answer holds no record id");
        }
        var time = node.path("time").asText("");
        return new PlatformAnswer(
                id,
                node.path("number").asText(""),
                node.path("url").asText(""),
                node.path("key").asText(""),
                node.path("status").asText(""),
                node.path("priority").asText(""),
                time.isEmpty() ? Instant.EPOCH : PlatformTime.parse(time),
                node.path("version").asLong(-1));
    }

    public static List<PlatformAnswer> readAll(JsonNode array) {
        var answers = new ArrayList<PlatformAnswer>();
        array.forEach(node -> answers.add(read(node)));
        return answers;
    }

    Reference reference(boolean ours) {
        return new Reference(id, number, url, ours, false);
    }

    /** What it shows; where it does not say, what we sent stands. */
    Known known(Status sentStatus) {
        return new Known(sentStatus.after(status), Priority.parse(priority).orElse(null), time, version);
    }

    boolean isResolved() {
        return "resolved".equals(status);
    }
}
