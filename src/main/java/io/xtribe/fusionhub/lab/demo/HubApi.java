package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.local.Web;

/** What the hub knows, by its REST API. */
final class HubApi {
    private final Web web;
    private final String url;
    private final Map<String, String> headers;

    /** @param token a bearer token of a viewer */
    HubApi(Web web, String url, String token) {
        this.web = web;
        this.url = url;
        this.headers = Map.of("Authorization", "Bearer " + token);
    }

    String incidentUrl(String id) {
        return url + "/api/incidents/" + id;
    }

    /** The ids of all incidents. */
    List<String> incidents() throws IOException, InterruptedException {
        List<String> ids = new ArrayList<>();
        list().forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }

    Optional<String> withTitle(String title) throws IOException, InterruptedException {
        for (JsonNode row : list()) {
            if (row.path("title").asText().equals(title)) {
                return Optional.of(row.path("id").asText());
            }
        }
        return Optional.empty();
    }

    /** The record: desired state and platform references. */
    JsonNode incident(String id) throws IOException, InterruptedException {
        return web.json(incidentUrl(id), headers).path("incident");
    }

    private JsonNode list() throws IOException, InterruptedException {
        return web.json(url + "/api/incidents", headers);
    }
}
