package io.xtribe.fusionhub.it;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import io.nats.client.Connection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Dead letters over REST: what is kept, what is given to the hub again, and what is thrown away. */
class DeadLettersIT {

    private static final Duration PLENTY = Duration.ofSeconds(60);

    private static Rig rig;
    private static HubProcess hub;

    @BeforeAll
    static void start() {
        rig = Rig.start("DeadLettersIT");
        hub = rig.hub().env("FUSION_DATADOG_ORG_ID", "1200000001").start().awaitReady();
    }

    @AfterAll
    static void stop() {
        hub.close();
        rig.close();
    }

    @BeforeEach
    void empty() throws Exception {
        try (Connection connection = rig.nats().connect()) {
            connection.jetStreamManagement().purgeStream(Names.DEAD_LETTERS);
        }
    }

    private static String alert(String title) {
        return Rig.alert(title).replace("1100012345", "1200000001");
    }

    private static void bury(String source, String letterClass, String body) {
        DeadLetterBox.put(rig.nats(), source, letterClass, body);
    }

    private static JsonNode list(String query) {
        HttpResponse<String> answer = Http.get(hub.url() + "/api/dead-letters" + query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Http.json(answer.body());
    }

    private static List<String> classes(JsonNode page) {
        return page.path("letters").findValuesAsText("class");
    }

    private static String newest() {
        return list("?limit=1").at("/letters/0/id").asText();
    }

    private static HttpResponse<String> post(String path, Map<String, ?> body) {
        return Http.send(
                "POST",
                hub.url() + "/api/dead-letters/" + path,
                Http.bytes(body),
                Map.of("Content-Type", "application/json", "X-Fusion-User", "jane"));
    }

    private static void awaitLetters(int count) {
        await().atMost(PLENTY).until(() -> list("").path("total").asInt() == count);
    }

    @Test
    void pagesShowEachLetterOnceTheNewestFirst() {
        for (int number = 0; number < 7; number++) {
            bury(number % 2 == 0 ? "datadog" : "pagerduty", number < 3 ? "invalid" : "not-understood", "{}");
        }

        JsonNode first = list("?limit=3");
        JsonNode second = list("?limit=3&before=" + first.path("before").asText());
        JsonNode third = list("?limit=3&before=" + second.path("before").asText());

        assertThat(first.path("total").asInt()).isEqualTo(7);
        List<Long> ids = List.of(first, second, third).stream()
                .flatMap(page -> page.path("letters").findValuesAsText("id").stream())
                .map(Long::valueOf)
                .toList();
        assertThat(ids)
                .hasSize(7)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((one, other) -> Long.compare(other, one));
        assertThat(third.has("before")).isFalse();
        assertThat(classes(list("?class=invalid"))).containsExactly("invalid", "invalid", "invalid");
        assertThat(list("?source=pagerduty").path("letters").findValuesAsText("source"))
                .containsExactly("pagerduty", "pagerduty", "pagerduty");
        assertThat(list("?source=pagerduty&class=invalid").path("letters")).hasSize(1);
        assertThat(first.at("/letters/0").toString()).doesNotContain("body\"");
    }

    @Test
    void aLetterThatIsCorrectedBecomesAnIncident() {
        bury("datadog", "invalid", "{\"an\": \"old template\"}");
        String id = newest();
        JsonNode letter =
                Http.json(Http.get(hub.url() + "/api/dead-letters/" + id).body());
        assertThat(letter.path("body").asText()).isEqualTo("{\"an\": \"old template\"}");
        assertThat(letter.path("content").asText()).isEqualTo("webhook");
        assertThat(letter.path("remedy").asText()).isEqualTo("correct it");

        HttpResponse<String> answer =
                post(id + "/replay", Map.of("body", Http.json(alert("corrected")), "reason", "template was old"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        rig.awaitSettled(List.of("corrected"), PLENTY);
        assertThat(list("").path("total").asInt()).isZero();
        assertThat(post(id + "/replay", Map.of()).statusCode()).isEqualTo(404);
    }

    /** What still is not understood is kept again: nothing is lost by trying. */
    @Test
    void aLetterThatIsReplayedInVainIsThereAgain() {
        hub.webhook("datadog", "{\"still\": \"no schema\"}");
        awaitLetters(1);
        String id = newest();

        assertThat(post(id + "/replay", Map.of()).statusCode()).isEqualTo(202);

        await().atMost(PLENTY).until(() -> list("").path("total").asInt() == 1 && !newest().equals(id));
        JsonNode again =
                Http.json(Http.get(hub.url() + "/api/dead-letters/" + newest()).body());
        assertThat(again.path("content").asText()).isEqualTo("signal");
        assertThat(again.path("body").asText()).contains("no schema");

        // A signal is corrected as a signal.
        String envelope = again.path("body").asText();
        HttpResponse<String> refused = post(newest() + "/replay", Map.of("body", "{\"specversion\": \"0.3\"}"));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("specversion");
        HttpResponse<String> taken = post(
                newest() + "/replay",
                Map.of("body", envelope.replaceAll("\"data\":.*", "\"data\":") + alert("corrected signal") + "}"));
        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
        rig.awaitSettled(List.of("corrected signal"), PLENTY);
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, unauthenticated, {}, nobody has proven",
        "opsdesk, invalid, {}, takes no part",
        "datadog, unreadable, [1], no JSON object",
        "datadog, unreadable, not JSON, no JSON object",
    })
    void aLetterThatCannotBeASignalStays(String source, String letterClass, String body, String why) {
        bury(source, letterClass, body);

        HttpResponse<String> answer = post(newest() + "/replay", Map.of());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains(why);
        assertThat(list("").path("total").asInt()).isEqualTo(1);
    }

    @Test
    void aLetterIsThrownAwayOnlyWhenSomebodyAsksForIt() {
        bury("datadog", "invalid", "{}");
        String id = newest();

        assertThat(post(id + "/discard", Map.of("reason", "a test")).statusCode())
                .isEqualTo(202);

        assertThat(list("").path("letters")).isEmpty();
        assertThat(post(id + "/discard", Map.of()).statusCode()).isEqualTo(404);
    }

    @Test
    void manyAreReplayedInTheHubAndTwiceIsOnce() {
        List<String> titles = IntStream.range(0, 12).mapToObj(n -> "bulk " + n).toList();
        titles.forEach(title -> bury("datadog", "invalid", alert(title)));
        bury("datadog", "expired", alert("not asked for"));

        HttpResponse<String> dry = post("replay", Map.of("class", "invalid", "dryRun", true));
        assertThat(run(dry).path("findings").path("would").asInt()).isEqualTo(12);
        assertThat(list("").path("total").asInt()).isEqualTo(13);

        JsonNode run = run(post("replay", Map.of("class", "invalid", "rate", 100)));
        assertThat(run.path("counts").path("replayed").asInt()).isEqualTo(12);
        assertThat(run.path("by").asText()).isEqualTo("jane");
        rig.awaitSettled(titles, PLENTY);
        assertThat(list("").path("total").asInt()).isEqualTo(1);

        titles.forEach(title -> bury("datadog", "invalid", alert(title)));
        long writes = rig.platforms().counts().path("writes").asLong();
        assertThat(run(post("replay", Map.of("class", "invalid", "rate", 100)))
                        .path("counts")
                        .path("replayed")
                        .asInt())
                .isEqualTo(12);
        await().atMost(PLENTY)
                .until(() -> rig.consumer().getNumPending() + rig.consumer().getNumAckPending() == 0);
        assertThat(rig.platforms().counts().path("writes").asLong()).isEqualTo(writes);
        assertThat(rig.incidents().keySet()).containsAll(titles).doesNotContain("not asked for");
    }

    @Test
    void aReplayOfManyNamesTheLetterThatCannotBeASignalAndGoesOn() {
        bury("datadog", "unreadable", "not JSON");
        bury("datadog", "unreadable", alert("after it"));

        JsonNode run = run(post("replay", Map.of("class", "unreadable")));

        assertThat(run.path("counts").path("replayed").asInt()).isEqualTo(1);
        assertThat(run.path("outcome").asText()).isEqualTo("differences");
        assertThat(run.path("rows").toString()).contains("no JSON object");
        rig.awaitSettled(List.of("after it"), PLENTY);
        assertThat(list("").path("total").asInt()).isEqualTo(1);
    }

    /** The run's summary, once it has ended. */
    private static JsonNode run(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = Http.json(answer.body()).path("run").asText();
        return await().atMost(PLENTY).until(() -> find(id), found -> found.has("exitCode"));
    }

    private static JsonNode find(String run) {
        for (JsonNode one : Http.json(Http.get(hub.url() + "/api/jobs").body()).path("runs")) {
            if (one.path("run").asText().equals(run)) {
                return one;
            }
        }
        throw new AssertionError("no run " + run);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "replay | {\"rate\": 0} | rate is a number from 1 to 1000",
                "replay | {\"since\": \"yesterday\"} | since is a moment",
                "replay | {\"sources\": \"datadog\"} | unknown member",
                "replay | {\"source\": \"Datadog.>\"} | small letters",
                "x/replay | {} | is a number",
                "1/discard | {\"body\": 1} | unknown member",
            })
    void whatMakesNoSenseIsRefusedWithTheReason(String path, String body, String why) {
        HttpResponse<String> answer = Http.send(
                "POST",
                hub.url() + "/api/dead-letters/" + path,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(why);
    }
}
