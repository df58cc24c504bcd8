package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.local.Web;

/**
 * Checks that the records of an incident show each other. The hub's record is only used to know which records there should be;
 * every link is read back from the platform that must show it, and every URL is opened.
 */
final class LinkVerifier {
    private final PlatformReader platforms;
    private final Web web;

    LinkVerifier(PlatformReader platforms, Web web) {
        this.platforms = platforms;
        this.web = web;
    }

    /** Looks at all four records of an incident, given as the hub's API shows it. */
    List<RecordView> verify(JsonNode incident) throws InterruptedException {
        List<RecordView> views = new ArrayList<>();
        for (Place place : Place.values()) {
            views.add(verify(place, incident));
        }
        return views;
    }

    /** What lacks in these records altogether, in words. */
    static List<String> missing(List<RecordView> views) {
        return views.stream().flatMap(view -> view.missing().stream()).toList();
    }

    private RecordView verify(Place place, JsonNode incident) throws InterruptedException {
        JsonNode reference = reference(incident, place);
        String number = reference.path("number").asText();
        String url = reference.path("url").asText();
        if (reference.path("id").asText().isEmpty()) {
            return new RecordView(place, "", "", List.of(), List.of("there is no " + place.label() + " record"));
        }
        String name = (place.label() + " " + number).stripTrailing();
        List<String> shown = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        try {
            Set<String> found = platforms.shown(place, reference.path("id").asText());
            expected(place, incident).forEach((other, link) -> {
                if (!link.isEmpty() && found.contains(link)) {
                    shown.add(other);
                } else {
                    missing.add(name + " does not show " + other + (link.isEmpty() ? "" : " (" + link + ")"));
                }
            });
        } catch (IOException e) {
            missing.add(name + " cannot be read: " + e.getMessage());
        }
        open(name, number, url, missing);
        return new RecordView(place, number, url, shown, missing);
    }

    /** What a record must show: the other platforms' URLs, and a case the id of its incident too. */
    private static Map<String, String> expected(Place place, JsonNode incident) {
        Map<String, String> links = new LinkedHashMap<>();
        if (place == Place.DATADOG_CASE) {
            links.put(
                    "incident",
                    reference(incident, Place.DATADOG_INCIDENT).path("id").asText());
        }
        for (Place other : Place.values()) {
            if (other.isPrimary() && !other.platform().equals(place.platform())) {
                links.put(
                        other.platform(), reference(incident, other).path("url").asText());
            }
        }
        return links;
    }

    private void open(String name, String number, String url, List<String> missing) throws InterruptedException {
        try {
            Web.Reply page = web.get(url, Map.of("Accept", "text/html"));
            boolean opens = page.status() == 200
                    && page.contentType().startsWith("text/html")
                    && page.body().contains(number);
            if (!opens) {
                missing.add(name + ": its URL " + url + " does not open its page (" + page.status() + ", "
                        + page.contentType() + ")");
            }
        } catch (IOException | IllegalArgumentException e) {
            missing.add(name + ": its URL '" + url + "' does not open: " + e.getMessage());
        }
    }

    private static JsonNode reference(JsonNode incident, Place place) {
        return incident.path("platforms")
                .path(place.platform())
                .path(place.part())
                .path("reference");
    }

    /** The id of a record, empty when the hub knows none. */
    static String id(JsonNode incident, Place place) {
        return reference(incident, place).path("id").asText();
    }
}
