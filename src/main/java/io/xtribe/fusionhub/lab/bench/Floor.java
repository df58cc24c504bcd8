package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

import io.xtribe.fusionhub.lab.local.Children;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.Patience;
import io.xtribe.fusionhub.lab.local.SandboxAccess;

/**
 * The least that the job costs in Java: no framework, no mapping files, nothing stored, nothing repeated, no second
 * hub. It makes the same calls to the platforms as the hub does for a monitor alert, or all of them but those that the Datadog case
 * needs, as a tool does that links one incident on each platform.
 */
final class Floor {

    static final String SUBJECT = "bench.floor";
    /** For each incident, as the hub makes them. */
    static final int CALLS = 10;

    static final int CALLS_WITHOUT_CASE = 7;

    private static final String STREAM = "BENCH_FLOOR";
    private static final String CONSUMER = "floor";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROJECT = SandboxAccess.HUB_SETTINGS.get("FUSION_DATADOG_PROJECT_ID");
    private static final String SERVICE = SandboxAccess.HUB_SETTINGS.get("FUSION_PAGERDUTY_SERVICE_ID");

    private final Connection nats;
    private final String sandbox;
    private final boolean opensCase;
    private final ExecutorService threads = threads();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(threads)
            .build();

    /** {@code calls} for each incident: {@link #CALLS} or {@link #CALLS_WITHOUT_CASE}. */
    Floor(Connection nats, String sandbox, int calls) {
        if (calls != CALLS && calls != CALLS_WITHOUT_CASE) {
            throw new IllegalArgumentException("--calls is " + CALLS + " or " + CALLS_WITHOUT_CASE + ", not " + calls);
        }
        this.nats = nats;
        this.sandbox = sandbox;
        this.opensCase = calls == CALLS;
    }

    /** Takes signals from its stream from now on. */
    void run() throws IOException, JetStreamApiException {
        nats.jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name(STREAM)
                        .subjects(SUBJECT)
                        .storageType(StorageType.File)
                        .build());
        nats.jetStream()
                .subscribe(
                        SUBJECT,
                        nats.createDispatcher(),
                        message -> threads.execute(() -> take(message)),
                        false,
                        PushSubscribeOptions.builder().durable(CONSUMER).build());
    }

    /** Waits until another process has begun to {@link #run}. */
    static void await(Connection nats, Children children) throws InterruptedException, LocalFailure {
        Patience.of(Duration.ofSeconds(30)).until(() -> {
            children.requireAlive();
            try {
                return nats.jetStreamManagement()
                        .getConsumerInfo(STREAM, CONSUMER)
                        .isPushBound();
            } catch (JetStreamApiException notYet) {
                return false;
            }
        });
    }

    private static ExecutorService threads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException before21) {
            return Executors.newCachedThreadPool();
        }
    }

    private void take(Message message) {
        try {
            var data = JSON.readTree(message.getData()).path("data");
            var alert = new Alert(
                    data.path("alert_cycle_key").asText(),
                    data.path("alert_priority").asText(),
                    "",
                    data.path("alert_title").asText());
            open(alert, data.path("body").asText());
            message.ack();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A record's id and what people call it. */
    private record Made(String id, String url) {}

    private void open(Alert alert, String text) {
        var key = alert.correlationId();
        var title = "[" + alert.priority() + "] " + alert.title();
        var page = async(() -> page(key, title, text));
        var ticket = async(() -> ticket(key, title, text));
        var incident = async(() -> incident(key, title, text, alert.priority()));
        var first = opensCase ? dossier(key, title, text, alert.priority()) : null;
        var links = new ArrayList<CompletableFuture<?>>();
        if (opensCase) {
            links.addAll(linkCase(key, first, incident.join(), ticket.join(), page.join()));
        }
        links.addAll(link(incident.join(), ticket.join(), page.join()));
        links.forEach(CompletableFuture::join);
    }

    private List<CompletableFuture<?>> linkCase(String key, Made dossier, Made incident, Made ticket, Made page) {
        return List.of(
                async(() -> datadog(
                        "/api/v2/cases/" + dossier.id() + "/relationships/incidents",
                        Map.of("data", Map.of("type", "incidents", "id", incident.id())))),
                async(() -> datadog(
                        "/api/v2/cases/" + dossier.id() + "/comment",
                        Map.of(
                                "data",
                                Map.of(
                                        "type",
                                        "case",
                                        "attributes",
                                        Map.of(
                                                "comment",
                                                "[fusion:" + key + "]\n" + ticket.url() + "\n" + page.url()))))));
    }

    private List<CompletableFuture<?>> link(Made incident, Made ticket, Made page) {
        return List.of(
                async(() -> attach(incident, ticket)),
                async(() -> attach(incident, page)),
                async(() -> send(
                        "PATCH",
                        "/servicenow/api/now/table/incident/" + ticket.id(),
                        SandboxAccess.SERVICENOW,
                        Map.of("u_datadog_incident_url", incident.url(), "u_pagerduty_incident_url", page.url()))),
                async(() -> send(
                        "PUT",
                        "/pagerduty/incidents/" + page.id() + "/custom_fields/values",
                        SandboxAccess.PAGERDUTY,
                        Map.of("custom_fields", new Object[] {
                            Map.of("name", "datadog_incident_url", "value", incident.url()),
                            Map.of("name", "servicenow_incident_url", "value", ticket.url())
                        }))));
    }

    private Made page(String key, String title, String text) {
        var made = send(
                        "POST",
                        "/pagerduty/incidents",
                        SandboxAccess.PAGERDUTY,
                        Map.of(
                                "incident",
                                Map.of(
                                        "type",
                                        "incident",
                                        "title",
                                        title,
                                        "service",
                                        Map.of("id", SERVICE, "type", "service_reference"),
                                        "urgency",
                                        "high",
                                        "incident_key",
                                        key,
                                        "body",
                                        Map.of("type", "incident_body", "details", text))))
                .path("incident");
        return new Made(made.path("id").asText(), made.path("html_url").asText());
    }

    private Made ticket(String key, String title, String text) {
        var made = send(
                        "POST",
                        "/servicenow/api/now/table/incident",
                        SandboxAccess.SERVICENOW,
                        Map.of(
                                "short_description",
                                title,
                                "description",
                                text,
                                "impact",
                                "1",
                                "urgency",
                                "1",
                                "correlation_id",
                                key,
                                "correlation_display",
                                "fusion-hub"))
                .path("result");
        var id = made.path("sys_id").asText();
        return new Made(id, sandbox + "/servicenow/incident.do?sys_id=" + id);
    }

    private Made incident(String key, String title, String text, String priority) {
        var made = datadog(
                        "/api/v2/incidents",
                        Map.of(
                                "data",
                                Map.of(
                                        "type",
                                        "incidents",
                                        "attributes",
                                        Map.of(
                                                "title",
                                                title,
                                                "customer_impacted",
                                                false,
                                                "fields",
                                                Map.of(
                                                        "severity",
                                                        Map.of(
                                                                "type",
                                                                "dropdown",
                                                                "value",
                                                                "SEV-" + priority.charAt(1)),
                                                        "summary",
                                                        Map.of(
                                                                "type",
                                                                "textbox",
                                                                "value",
                                                                text + "\n\nFusion id: " + key))))))
                .path("data");
        return new Made(
                made.path("id").asText(),
                sandbox + "/datadog/incidents/"
                        + made.path("attributes").path("public_id").asText());
    }

    private Made dossier(String key, String title, String text, String priority) {
        var made = datadog(
                        "/api/v2/cases",
                        Map.of(
                                "data",
                                Map.of(
                                        "type",
                                        "case",
                                        "attributes",
                                        Map.of(
                                                "title",
                                                title,
                                                "type_id",
                                                "00000000-0000-0000-0000-000000000001",
                                                "priority",
                                                priority,
                                                "status_name",
                                                "Open",
                                                "description",
                                                text + "\n\nFusion id: " + key),
                                        "relationships",
                                        Map.of("project", Map.of("data", Map.of("id", PROJECT, "type", "project"))))))
                .path("data");
        return new Made(
                made.path("id").asText(),
                sandbox + "/datadog/cases/"
                        + made.path("attributes").path("key").asText());
    }

    private JsonNode attach(Made incident, Made other) {
        return datadog(
                "/api/v2/incidents/" + incident.id() + "/attachments",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "incident_attachments",
                                "attributes",
                                Map.of(
                                        "attachment_type",
                                        "link",
                                        "attachment",
                                        Map.of("documentUrl", other.url(), "title", other.id())))));
    }

    private JsonNode datadog(String path, Object body) {
        return send("POST", "/datadog" + path, SandboxAccess.DATADOG, body);
    }

    private JsonNode send(String method, String path, Map<String, String> access, Object body) {
        try {
            var request = HttpRequest.newBuilder(URI.create(sandbox + path))
                    .header("Content-Type", "application/json")
                    .header("From", "fusion@sandbox.example")
                    .timeout(Duration.ofSeconds(10))
                    .method(method, HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
            access.forEach(request::header);
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(
                        method + " " + path + " gave " + answer.statusCode() + " " + new String(answer.body()));
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private <T> CompletableFuture<T> async(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }
}
