package io.xtribe.fusionhub.lab.demo;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

/** Knows what there may be, and finds what the noise has opened beyond it. */
final class NoiseCheck {
    private final Set<String> incidents = new HashSet<>();
    private final Set<String> records = new HashSet<>();

    /** An incident that was opened as it should, with its records. */
    void expect(JsonNode incident) {
        incidents.add(incident.path("id").asText());
        for (Place place : Place.values()) {
            expectRecord(LinkVerifier.id(incident, place));
        }
    }

    /** A record that belongs to no incident of the hub, such as a P3 ticket of a user. */
    void expectRecord(String id) {
        if (!id.isEmpty()) {
            records.add(id);
        }
    }

    /**
     * What should not be there, in words.
     *
     * @param atHub ids of the hub's incidents
     * @param onPlatforms the sandbox's records: platform to list
     */
    List<String> unexpected(Collection<String> atHub, JsonNode onPlatforms) {
        List<String> unexpected = new ArrayList<>();
        for (String id : atHub) {
            if (!incidents.contains(id)) {
                unexpected.add("the hub has an incident that no trigger opened: " + id);
            }
        }
        onPlatforms.properties().forEach(platform -> platform.getValue().forEach(found -> {
            if (!records.contains(found.path("id").asText())) {
                unexpected.add(platform.getKey() + " has a "
                        + found.path("kind").asText()
                        + " that nobody asked for: " + found.path("number").asText() + " "
                        + found.path("title").asText() + " " + found.path("url").asText());
            }
        }));
        return unexpected;
    }
}
