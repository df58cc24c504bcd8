package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.local.SandboxAccess;

/** The four records of one incident in a sandbox, which a test links by hand as a hub would. */
final class LinkedRecords {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final ObjectNode incident = JSON.createObjectNode().put("id", "fx-1");
    private final Map<Place, String> ids = new HashMap<>();

    LinkedRecords(String url) throws IOException, InterruptedException {
        this.url = url;
        JsonNode made = datadog("POST", "/api/v2/incidents", """
                {"data":{"type":"incidents","attributes":{"title":"t","customer_impacted":false,
                  "fields":{"severity":{"type":"dropdown","value":"SEV-1"}}}}}""").path("data");
        String publicId = made.at("/attributes/public_id").asText();
        know(Place.DATADOG_INCIDENT, made.path("id"), "#" + publicId, url + "/datadog/incidents/" + publicId);
        made = datadog("POST", "/api/v2/cases", """
                {"data":{"type":"case","attributes":{"title":"t","priority":"P1",
                  "type_id":"00000000-0000-0000-0000-000000000001"},"relationships":{"project":{"data":
                  {"id":"d4bbe1af-f36e-42f1-87c1-493ca35c320e","type":"project"}}}}}""").path("data");
        String key = made.at("/attributes/key").asText();
        know(Place.DATADOG_CASE, made.path("id"), key, url + "/datadog/cases/" + key);
        made = serviceNow("POST", "", "{\"short_description\":\"t\"}").path("result");
        String page =
                url + "/servicenow/incident.do?sys_id=" + made.path("sys_id").asText();
        know(Place.SERVICENOW, made.path("sys_id"), made.path("number").asText(), page);
        made = pagerDuty("POST", "", """
                {"incident":{"type":"incident","title":"t","service":{"id":"PSANDBOX1","type":"service_reference"}}}""").path("incident");
        String number = "#" + made.path("incident_number").asText();
        know(Place.PAGERDUTY, made.path("id"), number, made.path("html_url").asText());
    }

    private void know(Place place, JsonNode id, String number, String recordUrl) {
        ids.put(place, id.asText());
        reference(place).put("id", id.asText()).put("number", number).put("url", recordUrl);
    }

    /** The hub's record of them; a test may change it. */
    ObjectNode incident() {
        return incident;
    }

    ObjectNode reference(Place place) {
        return incident.withObjectProperty("platforms")
                .withObjectProperty(place.platform())
                .withObjectProperty(place.part())
                .withObjectProperty("reference");
    }

    String url(Place place) {
        return reference(place).path("url").asText();
    }

    /** Writes into each record the other platforms' URLs; all but one, when that is given. */
    void link(Place exceptIn, Place exceptTo) throws IOException, InterruptedException {
        joinCase();
        for (Place in : Place.values()) {
            for (Place to : Place.values()) {
                boolean wanted = to.isPrimary() && !in.platform().equals(to.platform());
                if (wanted && !(in == exceptIn && to == exceptTo)) {
                    show(in, to.platform(), url(to));
                }
            }
        }
    }

    void joinCase() throws IOException, InterruptedException {
        datadog("POST", "/api/v2/cases/" + ids.get(Place.DATADOG_CASE) + "/relationships/incidents", """
                {"data":{"type":"incidents","id":"%s"}}""".formatted(
                        ids.get(Place.DATADOG_INCIDENT)));
    }

    /** Writes one URL into a record, in its usual place. */
    void show(Place in, String platform, String link) throws IOException, InterruptedException {
        String id = ids.get(in);
        switch (in) {
            case DATADOG_INCIDENT ->
                datadog("POST", "/api/v2/incidents/" + id + "/attachments", """
                    {"data":{"type":"incident_attachments","attributes":{"attachment_type":"link",
                      "attachment":{"documentUrl":"%s","title":"%s"}}}}""".formatted(link, platform));
            case DATADOG_CASE -> datadog("POST", "/api/v2/cases/" + id + "/comment", """
                    {"data":{"type":"case","attributes":{"comment":"%s: %s"}}}""".formatted(platform, link));
            case SERVICENOW -> serviceNow("PATCH", "/" + id, """
                    {"u_%s_incident_url":"%s"}""".formatted(platform, link));
            case PAGERDUTY -> pagerDuty("PUT", "/" + id + "/custom_fields/values", """
                    {"custom_fields":[{"name":"%s_incident_url","value":"%s"}]}""".formatted(platform, link));
        }
    }

    void workNote(String text) throws IOException, InterruptedException {
        serviceNow("PATCH", "/" + ids.get(Place.SERVICENOW), "{\"work_notes\":\"" + text + "\"}");
    }

    void pagerDutyNote(String text) throws IOException, InterruptedException {
        pagerDuty("POST", "/" + ids.get(Place.PAGERDUTY) + "/notes", "{\"note\":{\"content\":\"" + text + "\"}}");
    }

    void settings(String body) throws IOException, InterruptedException {
        send("PATCH", "/control/settings", Map.of(), body);
    }

    private JsonNode datadog(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, "/datadog" + path, SandboxAccess.DATADOG, body);
    }

    private JsonNode serviceNow(String method, String path, String body) throws IOException, InterruptedException {
        return send(method, "/servicenow/api/now/table/incident" + path, SandboxAccess.SERVICENOW, body);
    }

    private JsonNode pagerDuty(String method, String path, String body) throws IOException, InterruptedException {
        Map<String, String> headers = new HashMap<>(SandboxAccess.PAGERDUTY);
        headers.put("From", "fusion@sandbox.example");
        return send(method, "/pagerduty/incidents" + path, headers, body);
    }

    private JsonNode send(String method, String path, Map<String, String> headers, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        for (Entry<String, String> header : headers.entrySet()) {
            request.header(header.getKey(), header.getValue());
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() / 100 != 2) {
            throw new IOException(method + " " + path + " gave " + response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }
}
