package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.openapi.Recorder;
import io.xtribe.fusionhub.openapi.Spoken;
import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the hub says that it would do is what it then does; until then it does nothing. */
class ExplainIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PLENTY = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> PLATFORMS = List.of("datadog", "servicenow", "pagerduty");
    private static final String VIEWER = "viewer-token-of-this-test";
    private static final String BUILT_IN = "src/main/resources/routes/platforms/";

    private static Rig rig;
    private static Recorder recorder;
    private static HubProcess hub;

    @BeforeAll
    static void start() {
        rig = Rig.start("ExplainIT");
        recorder = Recorder.start();
        recorder.passTo(rig.platforms().url());
        hub = settings()
                .withJmx()
                .env("FUSION_API_VIEWER_TOKEN", VIEWER)
                .start()
                .awaitReady();
        // After a minute it would say on NATS which hub does it.
        hub.stopRoute("housekeeping");
        // Lists and speakers are read, and the first incident has passed through everything.
        send(Rig.alert("warm-up"));
        rig.awaitSettled(List.of("warm-up"), LIMIT);
    }

    /** Nothing writes by itself, so that what a question writes would be seen. */
    private static HubProcess.Builder settings() {
        HubProcess.Builder settings = rig.hub().env("FUSION_HEARTBEAT", "0");
        for (String name : PLATFORMS) {
            String prefix = "FUSION_" + name.toUpperCase(Locale.ROOT);
            settings.env(prefix + "_URL", recorder.url() + "/" + name).env(prefix + "_POLL", "0");
        }
        return settings;
    }

    @AfterAll
    static void stop() {
        hub.close();
        recorder.close();
        rig.close();
    }

    @Test
    void whatItForetellsIsWhatItSends() {
        String body = Rig.alert("foretold");
        PLATFORMS.forEach(recorder::take);

        JsonNode told = explainedWithoutEffect("?source=datadog", body);

        assertThat(told.at("/decision/outcome").asText()).isEqualTo("opened");
        assertThat(told.at("/decision/rule").asText()).isEqualTo("first-sign");
        assertThat(told.at("/observation/priority").asText()).isEqualTo("P1");
        assertThat(told.has("before")).isFalse();
        assertThat(told.at("/after/status").asText()).isEqualTo("OPEN");
        assertThat(told.path("settled").asBoolean()).isTrue();
        assertThat(told.path("events").toString()).contains("opened", "paged", "linked");
        assertThat(answers(told)).isNotEmpty().allSatisfy(answer -> assertThat(
                        answer.path("assumedFrom").asText())
                .matches("[a-z]+/cases/[a-z-]+\\.json"));

        send(body);
        rig.awaitSettled(List.of("foretold"), LIMIT);
        JsonNode real = rig.incidents().get("foretold");
        assertThat(told.path("incident").asText()).isEqualTo(real.path("id").asText());
        for (String platform : PLATFORMS) {
            assertThat(foretold(told, real, platform))
                    .as(platform)
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(sent(platform));
        }
    }

    @Test
    void anUpdateOfAKnownIncidentIsForetold() {
        String alert = Rig.alert("to be resolved");
        send(alert);
        rig.awaitSettled(List.of("to be resolved"), LIMIT);
        JsonNode known = rig.incidents().get("to be resolved");
        String now = Long.toString(System.currentTimeMillis());
        ObjectNode over = FaultRig.recovered((ObjectNode) FaultRig.parse(alert))
                .put("date", now)
                .put("last_updated", now);
        PLATFORMS.forEach(recorder::take);

        JsonNode told = explainedWithoutEffect("?source=datadog", over.toString());

        assertThat(told.at("/decision/outcome").asText()).isEqualTo("applied");
        assertThat(told.path("incident")).isEqualTo(known.path("id"));
        assertThat(told.at("/before/status").asText()).isEqualTo("OPEN");
        assertThat(told.at("/after/status").asText()).isEqualTo("RESOLVED");
        assertThat(told.path("settled").asBoolean()).isTrue();

        send(over.toString());
        await().atMost(LIMIT).until(() -> rig.incidents()
                .get("to be resolved")
                .path("status")
                .asText()
                .equals("RESOLVED"));
        rig.awaitSettled(List.of("to be resolved"), LIMIT);
        JsonNode real = rig.incidents().get("to be resolved");
        for (String platform : PLATFORMS) {
            assertThat(foretold(told, real, platform)).as(platform).containsExactlyInAnyOrderElementsOf(sent(platform));
        }
    }

    @Test
    void whatOpensNothingIsToldWithItsReason() {
        JsonNode unopened =
                explainedWithoutEffect("?source=datadog", Rig.alert("minor", Map.of("alert_priority", "P4")));
        assertThat(unopened.at("/decision/outcome").asText()).isEqualTo("noise");
        assertThat(unopened.at("/decision/reason").asText()).isEqualTo("priority P4 does not open");
        assertThat(unopened.path("rounds")).isEmpty();

        JsonNode ping = explainedWithoutEffect("?source=pagerduty", Webhooks.body("pagerduty/ping"));
        assertThat(ping.at("/decision/outcome").asText()).isEqualTo("noise");
        assertThat(ping.at("/decision/reason").asText()).isNotEmpty();
    }

    @Test
    void deadLettersAreToldInTheWordsOfTheIntake() {
        JsonNode broken = explainedWithoutEffect("?source=datadog", "{\"half\": ");
        assertThat(broken.at("/decision/outcome").asText()).isEqualTo("dead-letter");
        assertThat(broken.at("/decision/rule").asText()).isEqualTo("unreadable");
        assertThat(broken.at("/decision/reason").asText()).contains("the webhook body is not a JSON object");
        assertThat(broken.at("/decision/remedy").asText()).isNotEmpty();

        JsonNode stranger = explainedWithoutEffect(
                "",
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/acme\",\"type\":\"acme.incident\",\"time\":\"2026-01-31T12:00:00Z\",\"data\":{}}");
        assertThat(stranger.at("/decision/rule").asText()).isEqualTo("unknown-source");
        assertThat(stranger.at("/decision/reason").asText()).contains("'acme' is not one of");
    }

    @Test
    void aRequestThatSaysTooLittleIsRefusedWithTheRemedy() {
        var unsaid = ask("", Rig.alert("whose"));
        assertThat(unsaid.statusCode()).isEqualTo(400);
        assertThat(unsaid.body()).contains("source is one of [datadog, pagerduty, servicenow]");
        assertThat(ask("?source=acme", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void secretsAreMasked() {
        String body = Rig.alert(
                "with a secret",
                Map.of("body", "curl -H 'X: sandbox-api-key' https://me:mine-own@x.example/?token=abcdefgh"));
        String told = explainedWithoutEffect("?source=datadog", body).toString();
        assertThat(told).contains("Token token=***", "https://***@x.example/?token=***");
        Stream.concat(
                        HubProcess.SANDBOX_SECRETS.stream(),
                        Stream.of(VIEWER, Webhooks.secret("datadog"), "mine-own", "abcdefgh"))
                .forEach(secret -> assertThat(told).doesNotContain(secret));
    }

    @Test
    void aViewerMayAskByTheCommand(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("alert.json"), Rig.alert("asked by command"));
        Path token = Files.writeString(folder.resolve("token"), VIEWER + "\n");
        Ended ended = command(
                "explain",
                file.toString(),
                "--source",
                "datadog",
                "--hub",
                hub.url(),
                "--token-file",
                token.toString());
        assertThat(ended.code()).as(ended.log()).isZero();
        assertThat(ended.log())
                .contains(
                        "Decision   opened, by the rule first-sign",
                        "POST " + recorder.url() + "/pagerduty/incidents",
                        "assumed from pagerduty/cases/open.json");
    }

    @Test
    void anotherVersionIsComparedOnRecordedSignals(@TempDir Path folder) throws IOException {
        send(Rig.alert("recorded"));
        rig.awaitSettled(List.of("recorded"), LIMIT);
        Path same = copy("pagerduty", folder.resolve("same"));
        Path other = copy("pagerduty", folder.resolve("other"));
        Path mapping = other.resolve("pagerduty/open.jq");
        Files.writeString(mapping, Files.readString(mapping).replace("\"[\" + .priority", "\"[NEW \" + .priority"));
        assertThat(Files.readString(mapping)).contains("[NEW ");

        var before = quiet();
        Ended equal = command("explain", "--against", same.toString(), "--from", "1h");
        assertThat(equal.log()).contains("nothing differs");
        assertThat(equal.code()).isZero();
        Ended differing = command("explain", "--against", other.toString(), "--from", "1h");
        assertThat(differing.code()).as(differing.log()).isEqualTo(1);
        assertThat(differing.log()).contains("[P1] recorded", "[NEW P1] recorded");
        assertThat(stored()).isEqualTo(before);
        assertThat(command("explain", "--against", folder.toString()).code()).isEqualTo(2);
    }

    private static Path copy(String platform, Path into) throws IOException {
        Path from = Path.of(BUILT_IN, platform);
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = into.resolve(platform).resolve(from.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
        return into;
    }

    private record Ended(int code, String log) {}

    private static Ended command(String... arguments) {
        try (HubProcess process = settings().arguments(arguments).start()) {
            return new Ended(process.awaitExit(PLENTY), process.log());
        }
    }

    private static void send(String body) {
        assertThat(hub.webhook("datadog", body)).isEqualTo(202);
    }

    private static java.net.http.HttpResponse<String> ask(String query, String body) {
        return Http.send(
                "POST",
                hub.url() + "/api/explain" + query,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Authorization", "Bearer " + VIEWER));
    }

    /** Asks, and sees that no platform was called and that NATS holds what it held. */
    private static JsonNode explainedWithoutEffect(String query, String body) {
        var before = quiet();
        var calls = rig.platforms().counts();
        var answer = ask(query, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(rig.platforms().counts()).isEqualTo(calls);
        assertThat(stored()).isEqualTo(before);
        assertThat(hub.log()).doesNotContain("explain-");
        return Http.json(answer.body());
    }

    /** What NATS holds once nothing is written any more. */
    private static Map<String, String> quiet() {
        var last = new ArrayList<Map<String, String>>();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(700)).until(() -> {
            last.add(stored());
            int size = last.size();
            return size > 1 && last.get(size - 1).equals(last.get(size - 2));
        });
        return last.get(last.size() - 1);
    }

    /** Of each stream, those of the buckets among them: how many messages and bytes it holds, and the last number. */
    private static Map<String, String> stored() {
        var stored = new TreeMap<String, String>();
        try (Connection connection = rig.nats().connect()) {
            for (var stream : connection.jetStreamManagement().getStreams()) {
                var state = stream.getStreamState();
                String name = stream.getConfiguration().getName();
                // The hub lists its buckets each second, by consumers that end by themselves.
                List<String> durable = connection.jetStreamManagement().getConsumers(name).stream()
                        .map(consumer -> consumer.getConsumerConfiguration().getDurable())
                        .filter(Objects::nonNull)
                        .sorted()
                        .toList();
                stored.put(
                        name,
                        state.getMsgCount() + " messages, " + state.getByteCount() + " bytes, last "
                                + state.getLastSequence() + ", consumers " + durable);
            }
            return stored;
        } catch (IOException | JetStreamApiException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> answers(JsonNode told) {
        return requests(told).map(request -> request.path("answer")).toList();
    }

    private static Stream<JsonNode> requests(JsonNode told) {
        return elements(told.path("rounds"))
                .flatMap(round -> elements(round.path("steps")))
                .flatMap(step -> elements(step.path("requests")));
    }

    private static Stream<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }

    /** The requests to a platform that were foretold, with the ids of the records that came to be in the place of those of the cases. */
    private static List<String> foretold(JsonNode told, JsonNode real, String platform) {
        var ids = new LinkedHashMap<String, String>();
        for (String member : List.of("url", "number", "id")) {
            told.at("/end/platforms")
                    .properties()
                    .forEach(named -> named.getValue().properties().forEach(part -> {
                        String assumed =
                                part.getValue().at("/reference/" + member).asText();
                        String here = real.at(
                                        "/platforms/" + named.getKey() + "/" + part.getKey() + "/reference/" + member)
                                .asText();
                        if (!assumed.isEmpty()) {
                            ids.put(assumed, here);
                        }
                    }));
        }
        String base = recorder.url() + "/" + platform;
        return requests(told)
                .filter(request -> request.path("url").asText().startsWith(base))
                .map(request -> request.path("method").asText() + " "
                        + request.path("url").asText().substring(base.length()) + " "
                        + (request.has("body") ? request.path("body").toString() : ""))
                .map(text -> with(ids, text))
                .map(ExplainIT::normal)
                .toList();
    }

    private static String with(Map<String, String> ids, String text) {
        String next = text;
        var marks = new LinkedHashMap<String, String>();
        for (var id : ids.entrySet()) {
            String mark = "<" + UUID.randomUUID() + ">";
            marks.put(mark, id.getValue());
            // As a whole: the id of one record may be a part of another word.
            next = next.replaceAll("(?<![\\w-])" + java.util.regex.Pattern.quote(id.getKey()) + "(?![\\w-])", mark);
        }
        for (var mark : marks.entrySet()) {
            next = next.replace(mark.getKey(), mark.getValue());
        }
        return next;
    }

    private static List<String> sent(String platform) {
        return recorder.take(platform).stream()
                // Asked from time to time, until an instance has told its name.
                .filter(said -> !said.path().endsWith("/sys_properties"))
                .map(ExplainIT::text)
                .map(ExplainIT::normal)
                .collect(Collectors.toList());
    }

    private static String text(Spoken said) {
        return said.method() + " " + said.target() + " " + said.body();
    }

    /** Method, path and body, with the members of that in one order. */
    private static String normal(String text) {
        int body = text.indexOf(" {");
        try {
            return body < 0
                    ? text.strip()
                    : text.substring(0, body + 1)
                            + JSON.writeValueAsString(sorted(JSON.readTree(text.substring(body + 1))));
        } catch (IOException e) {
            throw new IllegalStateException(text, e);
        }
    }

    private static JsonNode sorted(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        var members = new TreeMap<String, JsonNode>();
        node.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
        ObjectNode sorted = JSON.createObjectNode();
        members.forEach(sorted::set);
        return sorted;
    }
}
