package io.xtribe.fusionhub.lab.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Json;

/** Calls a sandbox as a client of each platform would, with the default credentials. */
final class SandboxCaller {
    private static final Map<String, String> DATADOG =
            Map.of("DD-API-KEY", "sandbox-api-key", "DD-APPLICATION-KEY", "sandbox-app-key");
    private static final Map<String, String> SERVICENOW = Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString("fusion:sandbox-password".getBytes(StandardCharsets.UTF_8)));
    private static final Map<String, String> PAGERDUTY =
            Map.of("Authorization", "Token token=sandbox-token", "From", "fusion@sandbox.example");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;

    SandboxCaller(Sandbox sandbox) {
        url = sandbox.url();
    }

    record Reply(int status, JsonNode body, HttpResponse<byte[]> response) {
        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    Reply datadog(String method, String path, String body) {
        return call(method, "/datadog" + path, DATADOG, body);
    }

    Reply serviceNow(String method, String path, String body) {
        return call(method, "/servicenow" + path, SERVICENOW, body);
    }

    Reply pagerDuty(String method, String path, String body) {
        return call(method, "/pagerduty" + path, PAGERDUTY, body);
    }

    Reply control(String method, String path, String body) {
        return call(method, "/control" + path, Map.of(), body);
    }

    Reply call(String method, String path, Map<String, String> headers, String body) {
        try {
            return reply(method, path, headers, body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    Reply reply(String method, String path, Map<String, String> headers, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(2))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            boolean json =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Reply(response.statusCode(), json ? Json.parse(response.body()) : Json.object(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Map<String, String> pagerDutyHeaders() {
        return PAGERDUTY;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    String createCase(String title, String fusionId) {
        return datadog("POST", "/api/v2/cases", """
                        {"data":{"type":"case","attributes":{"title":"%s","priority":"P1",
                          "type_id":"00000000-0000-0000-0000-000000000001",
                          "custom_attributes":{"fusion_id":{"type":"TEXT","is_multi":false,"value":"%s"}}},
                         "relationships":{"project":{"data":
                           {"id":"d4bbe1af-f36e-42f1-87c1-493ca35c320e","type":"project"}}}}}""".formatted(title, fusionId)).text("/data/id");
    }

    Reply createDatadogIncident(String title, String fusionId) {
        return datadog("POST", "/api/v2/incidents", """
                {"data":{"type":"incidents","attributes":{"title":"%s","customer_impacted":false,
                  "fields":{"severity":{"type":"dropdown","value":"SEV-1"},
                            "summary":{"type":"textbox","value":"about %s"},
                            "fusion_id":{"type":"textarray","value":["%s"]}}}}}""".formatted(title, fusionId, fusionId));
    }

    Reply page(String key, String more) {
        return pagerDuty("POST", "/incidents", """
                {"incident":{"type":"incident","title":"checkout slow","incident_key":"%s",
                  "service":{"id":"PSANDBOX1","type":"service_reference"}%s}}""".formatted(key, more));
    }
}
