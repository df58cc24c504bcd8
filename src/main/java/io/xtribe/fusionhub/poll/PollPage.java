package io.xtribe.fusionhub.poll;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.intake.PolledSignals.Polled;
import io.xtribe.fusionhub.signal.PlatformTime;

/**
 * What the route of a poll has yielded.
 *
 * @param found what is fed in, in the order in which it happened
 * @param latest the newest time that it met, or null
 * @param next where the round goes on, or null at its end
 * @param memory what the route wants to be told the next time, or null
 */
record PollPage(List<Polled> found, Instant latest, JsonNode next, JsonNode memory) {

    /** @throws IllegalArgumentException when it is not in the form of docs/mappings.md */
    static PollPage of(JsonNode body) {
        if (body == null || !body.isObject() || !body.path("found").isArray()) {
            throw new IllegalArgumentException("the route of a poll yields an object with the list 'found'");
        }
        var found = new ArrayList<Polled>();
        for (var one : body.path("found")) {
            var id = one.path("id").asText("");
            if (id.isEmpty() || !one.path("data").isObject()) {
                throw new IllegalArgumentException("each of 'found' has an 'id', and an object as 'data'");
            }
            found.add(new Polled(id, one.path("data")));
        }
        var latest = body.path("latest").asText("");
        return new PollPage(
                found,
                latest.isEmpty() || body.path("latest").isNull() ? null : PlatformTime.parse(latest),
                body.get("next"),
                body.get("memory"));
    }
}
