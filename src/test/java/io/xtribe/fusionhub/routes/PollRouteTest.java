package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.platform.PlatformStep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the polls of the built-in platforms ask, and what they make of the answers. */
class PollRouteTest extends RouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORGANISATION = "1200000001";

    private final Instant begun = Instant.now().minus(1, ChronoUnit.HOURS);

    @Override
    List<String> routeFiles() {
        return List.of(
                "converge.camel.yaml",
                "error-handling.camel.yaml",
                "platforms.camel.yaml",
                "links.camel.yaml",
                "platforms/datadog/datadog.camel.yaml",
                "platforms/pagerduty/pagerduty.camel.yaml",
                "platforms/servicenow/servicenow.camel.yaml");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode moment(Instant at) {
        var text = at.truncatedTo(ChronoUnit.SECONDS).toString();
        return object().put("iso", text)
                .put("millis", at.toEpochMilli())
                .put("date", text.substring(0, 10))
                .put("time", text.substring(11, 19));
    }

    private ObjectNode request(String account) {
        var request = object();
        request.set("since", moment(begun));
        request.set("begun", moment(begun));
        request.set("now", moment(Instant.now()));
        request.put("account", account).putNull("next").putNull("memory");
        request.putArray("priorities").add("P1").add("P2");
        request.putArray("standing");
        return request;
    }

    private static ObjectNode standing(ObjectNode request, String source, String scope, String key, String subject) {
        var one = request.withArray("standing").addObject().put("id", "fx-1").put("title", "it");
        one.putObject("origin")
                .put("source", source)
                .put("scope", scope)
                .put("key", key)
                .put("subject", subject);
        one.putObject("records");
        return one;
    }

    private JsonNode page(String route, ObjectNode request) {
        var exchange = template.request("direct:" + route, asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(JsonNode.class);
    }

    /** All pages of a round, as signals. */
    private List<JsonNode> round(String platform, String poll, ObjectNode request) {
        var found = new ArrayList<JsonNode>();
        for (int pages = 0; pages < 20; pages++) {
            var page = page(platform + "-poll-" + poll, request);
            page.path("found").forEach(one -> found.add(signal(platform, one)));
            if (!page.hasNonNull("next")) {
                return found;
            }
            request.set("next", page.get("next"));
        }
        throw new AssertionError("the round does not end: " + request.path("next"));
    }

    private JsonNode signal(String platform, JsonNode found) {
        assertThat(found.path("id").asText()).isNotEmpty();
        return (JsonNode) template.requestBody("direct:" + platform + "-signal", found.path("data"));
    }

    @Test
    void anAlertHasTheKeyThatItsWebhookWouldHave() {
        var alert = sandbox.datadogAlert("P1", "checkout is slow");

        var signals = round("datadog", "events", request(ORGANISATION));

        assertThat(signals).hasSize(1);
        var signal = signals.get(0);
        assertThat(signal.path("key").asText()).isEqualTo(alert.path("cycle").asText());
        assertThat(signal.path("scope").asText()).isEqualTo(ORGANISATION);
        assertThat(signal.path("status").asText()).isEqualTo("Triggered");
        assertThat(signal.path("priority").asText()).isEqualTo("P1");
        assertThat(signal.path("title").asText()).isEqualTo("checkout is slow");
        assertThat(signal.path("firstSign").path("source").asText()).isEqualTo("datadog.monitor");
        assertThat(signal.path("firstSign").path("subject").asText())
                .isEqualTo(alert.path("monitor").asText());
    }

    @Test
    void aMonitorWithoutAPriorityHasNone() {
        sandbox.datadogAlert("", "who cares");

        assertThat(round("datadog", "events", request(ORGANISATION))
                        .get(0)
                        .path("priority")
                        .asText())
                .isEmpty();
    }

    @Test
    void alertsOfAnOrganisationThatIsNotKnownAreNotFedIn() {
        sandbox.datadogAlert("P1", "checkout is slow");

        assertThat(fails("datadog-poll-events", request(""))).contains("set fusion.datadog.org-id");
    }

    @Test
    void aRecoveryThatAMuteHasSwallowedIsRead() {
        var alert = sandbox.datadogAlert("P1", "checkout is slow");
        var request = request(ORGANISATION);
        standing(
                request,
                "datadog.monitor",
                ORGANISATION,
                alert.path("cycle").asText(),
                alert.path("monitor").asText());
        assertThat(round("datadog", "monitors", request.deepCopy())).isEmpty();
        assertThat(calls("datadog", "get-monitor"))
                .as("single reads while it alerts")
                .isZero();

        recover(alert);
        var signals = round("datadog", "monitors", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("key").asText())
                .isEqualTo(alert.path("cycle").asText());
        assertThat(signals.get(0).path("status").asText()).isEqualTo("Recovered");
        assertThat(round("datadog", "events", request(ORGANISATION))).hasSize(1);
    }

    private static void recover(JsonNode alert) {
        sandbox.datadogAlert(Map.of(
                "monitor",
                alert.path("monitor").asLong(),
                "scope",
                alert.path("scope").asText(),
                "transition",
                "Recovered",
                "muted",
                true));
    }

    @Test
    void aMonitorThatIsGoneSaysNothing() {
        var request = request(ORGANISATION);
        standing(request, "datadog.monitor", ORGANISATION, "c", "4711");

        assertThat(round("datadog", "monitors", request)).isEmpty();
    }

    @Test
    void anIncidentThatWasDeclaredIsAFirstSign() {
        sandbox.datadogIncident("SEV-1", "declared");

        var signal = round("datadog", "incidents", request(ORGANISATION)).get(0);

        assertThat(signal.path("firstSign").path("previousPriority").asText()).isEmpty();
        assertThat(signal.path("status").asText()).isEqualTo("active");
        assertThat(signal.path("priority").asText()).isEqualTo("SEV-1");
    }

    /** Who knows how long it has been one: its webhook would have opened it. */
    @Test
    void whatBeganBeforePollingIsNoFirstSign() {
        sandbox.datadogIncident("SEV-1", "declared");
        sandbox.serviceNowIncident(1, 1, "logged");
        sandbox.pagerDutyIncident("P1", "paged");
        var datadog = request(ORGANISATION);
        datadog.set("begun", moment(Instant.now().plusSeconds(1)));
        var servicenow = request("sandbox");
        servicenow.set("begun", moment(Instant.now().plusSeconds(1)));
        var pagerduty = request("");
        pagerduty.set("begun", moment(Instant.now().plusSeconds(1)));

        assertThat(round("datadog", "incidents", datadog)).isEmpty();
        var ticket = round("servicenow", "incidents", servicenow).get(0);
        assertThat(ticket.path("firstSign").path("previousPriority").asText()).isEqualTo("1");
        var page = round("pagerduty", "incidents", pagerduty).get(0);
        assertThat(page.path("firstSign").isNull()).isTrue();
    }

    @Test
    void anIncidentThatWasResolvedIsRead() {
        var declared = sandbox.datadogIncident("SEV-1", "declared");
        var id = declared.path("id").asText();
        sandbox.changeDatadogIncident(id, Map.of("state", "resolved"));
        var request = request(ORGANISATION);
        standing(request, "datadog.incident", "", id, id)
                .withObjectProperty("records")
                .putObject("incident")
                .put("id", id);

        var signals = round("datadog", "incidents", request);

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("status").asText()).isEqualTo("resolved");
    }

    @Test
    void aTicketIsToldAsItsBusinessRuleWouldHave() {
        var logged = sandbox.serviceNowIncident(1, 1, "checkout is slow");
        sandbox.serviceNowIncident(3, 3, "a question");

        var signals = round("servicenow", "incidents", request("sandbox"));

        assertThat(signals).hasSize(1);
        var signal = signals.get(0);
        assertThat(signal.path("kind").asText()).isEqualTo("triggered");
        assertThat(signal.path("key").asText()).isEqualTo(logged.path("id").asText());
        assertThat(signal.path("scope").asText()).isEqualTo("sandbox");
        assertThat(signal.path("priority").asText()).isEqualTo("1");
        assertThat(signal.path("status").asText()).isEqualTo("1");
        assertThat(signal.path("version").asLong()).isZero();
        assertThat(signal.path("record").path("number").asText()).startsWith("INC");
        assertThat(signal.path("record").path("keyTaken").asBoolean()).isFalse();
    }

    @Test
    void aTicketThatWasLoweredIsFoundByItsMark() {
        var logged = sandbox.serviceNowIncident(1, 1, "checkout is slow");
        var id = logged.path("id").asText();
        sandbox.changeServiceNowIncident(
                id, Map.of("correlation_display", "fusion-hub", "correlation_id", "fx-1", "impact", "3"));

        var signals = round("servicenow", "incidents", request("sandbox"));

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("priority").asText()).isEqualTo("3");
        assertThat(signals.get(0).path("firstSign").isNull()).isTrue();
    }

    /** A page holds 100, and the second page begins with the second in which the first one ended. */
    @Test
    void aRoundHasAsManyPagesAsItNeeds() {
        for (int at = 0; at < 130; at++) {
            sandbox.pagerDutyIncident("P2", "page " + at);
        }

        assertThat(round("pagerduty", "incidents", request(""))).hasSize(130);
        assertThat(calls("pagerduty", "list-incidents")).isEqualTo(2);
    }

    @Test
    void aPageOfAPersonIsAFirstSignOfAPerson() {
        var paged = sandbox.pagerDutyIncident("P1", "checkout is slow");

        var signal = round("pagerduty", "incidents", request("")).get(0);

        assertThat(signal.path("firstSign").path("source").asText()).isEqualTo("pagerduty.manual");
        assertThat(signal.path("key").asText()).isEqualTo(paged.path("id").asText());
        assertThat(signal.path("priority").asText()).isEqualTo("P1");
        assertThat(signal.path("status").asText()).isEqualTo("triggered");
    }

    @Test
    void aSnoozeIsAnAcknowledgement() {
        var paged = sandbox.pagerDutyIncident("P1", "checkout is slow");
        sandbox.changePagerDutyIncident(paged.path("id").asText(), Map.of("snooze", 3600));

        var signals = round("pagerduty", "incidents", request(""));

        assertThat(signals.get(0).path("status").asText()).isEqualTo("acknowledged");
    }

    @Test
    void whatWasResolvedIsFoundAsWell() {
        var paged = sandbox.pagerDutyIncident("P1", "checkout is slow");
        sandbox.changePagerDutyIncident(paged.path("id").asText(), Map.of("status", "resolved"));

        assertThat(round("pagerduty", "incidents", request(""))).isEmpty();
        var signals = round("pagerduty", "resolved", request(""));
        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("status").asText()).isEqualTo("resolved");
        assertThat(signals.get(0).path("firstSign").isNull()).isTrue();
    }

    private static ObjectNode linked(ObjectNode request, String id, String platform, String url) {
        var record = standing(request, "any", "", "k", "s")
                .withObjectProperty("records")
                .putObject("incident")
                .put("id", id)
                .put("number", "#1")
                .put("url", "https://acme.example/1");
        record.putObject("links").put(platform, url);
        return request;
    }

    @Test
    void anAttachmentThatIsGoneIsTold() {
        var declared = sandbox.datadogIncident("SEV-1", "declared").path("id").asText();

        var signals = round(
                "datadog", "links", linked(request(ORGANISATION), declared, "pagerduty", "https://acme.example/PD1"));

        assertThat(signals).hasSize(1);
        assertThat(signals.get(0).path("links").isArray()).isTrue();
        assertThat(signals.get(0).path("record").path("id").asText()).isEqualTo(declared);
    }

    @Test
    void linksInNotesCountAndEachRecordIsLookedAtOnceAnHour() {
        var paged = sandbox.pagerDutyIncident("P1", "paged").path("id").asText();
        var request = linked(request(""), paged, "datadog", "https://acme.example/1");
        assertThat(round("pagerduty", "links", request.deepCopy())).hasSize(1);
        sandbox.changePagerDutyIncident(paged, Map.of("note", "datadog #1: https://acme.example/1"));

        assertThat(round("pagerduty", "links", request.deepCopy())).isEmpty();

        request.set(
                "memory", object().put(paged, Instant.now().minusSeconds(3000).toEpochMilli()));
        var notes = calls("pagerduty", "list-notes");
        assertThat(round("pagerduty", "links", request)).isEmpty();
        assertThat(calls("pagerduty", "list-notes")).isEqualTo(notes);
    }

    @Test
    void whatWasWrittenInTheJournalIsFound() {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        sandbox.changeServiceNowIncident(logged, Map.of("work_notes", "the disk is full"));
        var request = linked(request("sandbox"), logged, "pagerduty", "https://acme.example/PD1");

        var signals = round("servicenow", "journal", request);

        assertThat(signals).hasSize(1);
        var comment = signals.get(0).path("comments").path(0);
        assertThat(comment.path("text").asText()).isEqualTo("the disk is full");
        assertThat(comment.path("id").asText()).isNotEmpty();
        assertThat(comment.path("audience").asText()).isEqualTo("internal");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 403, 404})
    void aJournalThatIsHiddenSaysNothing(int status) {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        sandbox.changeServiceNowIncident(logged, Map.of("work_notes", "the disk is full"));
        sandbox.settings(Map.of("features", Map.of("servicenow.journal", status == 200 ? false : status)));
        var request = linked(request("sandbox"), logged, "pagerduty", "https://acme.example/PD1");

        assertThat(round("servicenow", "journal", request)).isEmpty();
    }

    @Test
    void notesThatAreHiddenSayNothing() {
        var paged = sandbox.pagerDutyIncident("P1", "paged").path("id").asText();
        sandbox.fault("pagerduty", "list-notes").status(403).inject();

        assertThat(round("pagerduty", "links", linked(request(""), paged, "datadog", "https://acme.example/1")))
                .isEmpty();
    }

    @Test
    void aTicketTellsOfItsColumnsUnlessOneIsHidden() {
        var logged = sandbox.serviceNowIncident(1, 1, "logged").path("id").asText();
        var request = linked(request("sandbox"), logged, "pagerduty", "https://acme.example/PD1");

        assertThat(round("servicenow", "incidents", request.deepCopy()).get(0).path("links"))
                .hasSize(1);

        sandbox.settings(Map.of("features", Map.of("servicenow.linkColumns", false)));
        assertThat(round("servicenow", "incidents", request)
                        .get(0)
                        .path("links")
                        .isArray())
                .isFalse();
    }

    /** PagerDuty disables it for a day after three refusals in a row. */
    @Test
    void ourSubscriptionIsEnabledAgain() {
        var id = subscribe("xTribe Fusion Hub");
        subscribe("somebody's chat");
        for (int strikes = 0; strikes < 3; strikes++) {
            sandbox.pagerDutyIncident("P5", "refused " + strikes);
        }
        await().atMost(SOON).until(() -> disabled().size() == 2);

        assertThat(round("pagerduty", "subscriptions", request(""))).isEmpty();

        assertThat(disabled()).hasSize(1).doesNotContain(id);
    }

    /** Whose events are answered with 404, since nothing is at that path. */
    private String subscribe(String description) {
        var wanted = object();
        var subscription = wanted.putObject("webhook_subscription")
                .put("type", "webhook_subscription")
                .put("description", description);
        subscription
                .putObject("delivery_method")
                .put("type", "http_delivery_method")
                .put("url", sandbox.url("pagerduty").replaceFirst("/pagerduty$", "/control/nobody"));
        subscription.putArray("events").add("incident.triggered");
        subscription.putObject("filter").put("type", "account_reference");
        return pagerDuty("POST", wanted).at("/webhook_subscription/id").asText();
    }

    private static List<String> disabled() {
        var disabled = new ArrayList<String>();
        pagerDuty("GET", null).path("webhook_subscriptions").forEach(subscription -> {
            if (subscription.at("/delivery_method/temporarily_disabled").asBoolean()) {
                disabled.add(subscription.path("id").asText());
            }
        });
        return disabled;
    }

    private static JsonNode pagerDuty(String method, JsonNode body) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.url("pagerduty") + "/webhook_subscriptions"))
                .header("Authorization", "Token token=sandbox-token")
                .header("Accept", "application/vnd.pagerduty+json;version=2")
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
        try {
            return JSON.readTree(HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void nothingNewCostsOneCall() {
        round("datadog", "events", request(ORGANISATION));
        round("datadog", "monitors", request(ORGANISATION));
        round("datadog", "incidents", request(ORGANISATION));
        round("datadog", "cases", request(ORGANISATION));
        round("datadog", "links", request(ORGANISATION));
        round("pagerduty", "links", request(""));
        round("servicenow", "incidents", request("sandbox"));
        round("pagerduty", "incidents", request(""));
        round("pagerduty", "resolved", request(""));
        round("pagerduty", "subscriptions", request(""));

        assertThat(calls("datadog")).hasSize(4);
        assertThat(calls("servicenow")).hasSize(1);
        assertThat(calls("pagerduty")).hasSize(3);
        assertThat(writes()).isZero();
    }

    private String fails(String route, ObjectNode request) {
        var exchange = template.request("direct:" + route, asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });
        assertThat(exchange.getException()).isNotNull();
        return exchange.getException().getMessage();
    }
}
