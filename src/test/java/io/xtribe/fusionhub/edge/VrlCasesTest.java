package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Vector's programs make of the golden cases what these say, in the order that {@code vector.yaml} gives them. */
@EnabledIf(value = "hasTool", disabledReason = VrlTool.MISSING)
class VrlCasesTest {

    private static final List<EdgeCase> CASES = EdgeCase.all();
    /** Of a body, in a dead letter: as Base64 it then fits into a message of NATS. */
    private static final int LARGEST_KEPT = 700_000;

    @TempDir
    static Path folder;

    private static VrlPipeline pipeline;

    @BeforeAll
    static void sendAll() {
        pipeline = new VrlPipeline(VectorConfig.read(), VrlTool.find(folder).orElseThrow());
        pipeline.send(CASES);
    }

    static boolean hasTool() {
        return VrlTool.find(Path.of("")).isPresent();
    }

    static Stream<EdgeCase> events() {
        return CASES.stream().filter(each -> each.json().has("event"));
    }

    static Stream<EdgeCase> noise() {
        return CASES.stream().filter(each -> each.json().has("noise"));
    }

    static Stream<EdgeCase> refusals() {
        return CASES.stream().filter(each -> each.json().has("refused") || each.isLetter());
    }

    @ParameterizedTest
    @MethodSource("events")
    void becomesTheEvent(EdgeCase edgeCase) throws IOException {
        var sent = pipeline.at("signals", edgeCase);

        assertThat(sent).hasSize(1);
        var event = sent.get(0).event().deepCopy();
        assertThat(event.remove("route").asText()).isEqualTo(edgeCase.source());
        assertThat(event.remove("time").asText()).isEqualTo(VrlPipeline.RECEIVED);
        assertThat(event).isEqualTo(edgeCase.event());
        assertThat(sent.get(0).secrets()).as("secrets must not go on").isNull();
        assertThat(pipeline.at("dead_letters", edgeCase)).isEmpty();
        assertThat(pipeline.at("unauthenticated", edgeCase)).isEmpty();
        assertThat(pipeline.at("count_noise", edgeCase)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("noise")
    void isCountedAsNoise(EdgeCase edgeCase) {
        var counted = pipeline.at("count_noise", edgeCase);

        assertThat(counted).hasSize(1);
        assertThat(counted.get(0).event().path("noise").asText()).isEqualTo(edgeCase.noise());
        assertThat(counted.get(0).event().path("source").asText()).isEqualTo(edgeCase.source());
        assertThat(pipeline.at("signals", edgeCase)).isEmpty();
        assertThat(pipeline.at("dead_letters", edgeCase)).isEmpty();
        assertThat(pipeline.at("unauthenticated", edgeCase)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(EdgeCase edgeCase) {
        assertThat(pipeline.at("signals", edgeCase)).isEmpty();
        assertThat(pipeline.at("count_noise", edgeCase)).isEmpty();
        assertThat(pipeline.isLockedOut(edgeCase)).isEqualTo(edgeCase.answerOfVector() == 401);
        var safe = pipeline.at("dead_letters", edgeCase);
        var strangers = pipeline.at("unauthenticated", edgeCase);
        switch (edgeCase.answerOfVector()) {
            case 200 -> {
                assertThat(strangers).isEmpty();
                assertThat(safe).singleElement().satisfies(letter -> isLetterOf(edgeCase, letter, LARGEST_KEPT));
            }
            case 400 -> {
                assertThat(safe).isEmpty();
                assertThat(strangers).singleElement().satisfies(letter -> isLetterOf(edgeCase, letter, 1024));
                assertThat(pipeline.at("refuse", edgeCase)).hasSize(1);
            }
            default -> assertThat(safe.size() + strangers.size()).isZero();
        }
        assertThat(pipeline.at("count_refused", edgeCase)).hasSize(safe.size() + strangers.size());
    }

    /** Each member that a dead letter has, and no other: the hub's have the same. */
    private static void isLetterOf(EdgeCase edgeCase, VrlTool.Event letter, int largest) {
        var body = edgeCase.body();
        var kept = Arrays.copyOf(body, Math.min(body.length, largest));
        var expected = EdgeCase.JSON
                .createObjectNode()
                .put("source", edgeCase.source())
                .put("content", "webhook")
                .put("class", edgeCase.letterClass())
                .put("reason", edgeCase.refusal())
                .put("time", VrlPipeline.RECEIVED)
                .put("deliveries", 1)
                .put("bodyBase64", Base64.getEncoder().encodeToString(kept))
                .put("bodyBytes", body.length)
                .put("bodyTruncated", kept.length < body.length);

        var members = letter.event().deepCopy();

        assertThat(members.remove("id").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(members.remove("remedy").asText()).isNotBlank().doesNotContain("\n");
        assertThat(reread(members)).isEqualTo(reread(expected));
        assertThat(letter.message()).isNull();
        assertThat(letter.secrets()).as("secrets must not go on").isNull();
    }

    /** As it is when it has been written and read: small numbers are ints. */
    private static JsonNode reread(JsonNode json) {
        try {
            return EdgeCase.JSON.readTree(json.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A letter's own id lets NATS know a publish that is repeated: no two letters may share one. */
    @Test
    void lettersHaveIdsOfTheirOwn() {
        var ids = refusals()
                .flatMap(each -> Stream.concat(
                        pipeline.at("dead_letters", each).stream(), pipeline.at("unauthenticated", each).stream()))
                .map(letter -> letter.event().path("id").asText())
                .toList();

        assertThat(ids).hasSizeGreaterThan(10).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("events")
    void countsWhatTheCatalogueDoesNotKnow(EdgeCase edgeCase) {
        var isAsked = pipeline.at("look_up_service", edgeCase).get(0).event();
        // Each row of the cases' catalogues has a team.
        var isKnown = edgeCase.json().at("/event/team").isTextual();

        assertThat(pipeline.at("count_not_in_catalogue", edgeCase))
                .hasSize((isAsked.has("service") || isAsked.has("pagerduty_service")) && !isKnown ? 1 : 0);
    }

    /** Numbers may be longer when they are written again; what NATS would not take must not reach the sink. */
    @Test
    void isADeadLetterWhenItGrowsBeyondWhatNatsTakes() {
        var body =
                "{\"schema\":\"datadog-monitor-1\",\"alert_cycle_key\":\"1\",\"alert_transition\":\"Recovered\",\"n\":["
                        + "1e15,".repeat(100_000) + "0]}";

        var letter = letterOf(body);

        assertThat(letter.path("class").asText()).isEqualTo("too-large");
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(512 * 1024);
        assertThat(letter.path("bodyTruncated").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 50_000})
    void isADeadLetterWhenItIsNestedTooDeep(int depth) {
        var body = "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);

        var letter = letterOf(body);

        assertThat(letter.path("class").asText()).isEqualTo("too-deep");
        assertThat(letter.path("reason").asText()).isEqualTo("nested too deep");
    }

    @Test
    void cutsWhatDoesNotFitIntoAMessage() {
        var letter = letterOf("x".repeat(1_048_576));

        assertThat(letter.path("class").asText()).isEqualTo("too-large");
        assertThat(letter.path("bodyBytes").asInt()).isEqualTo(1_048_576);
        assertThat(letter.path("bodyTruncated").asBoolean()).isTrue();
        assertThat(letter.toString().length()).isLessThan(1_000_000);
    }

    /** The letter that an authentic webhook of Datadog becomes. */
    private static JsonNode letterOf(String body) {
        var request = EdgeCase.JSON.createObjectNode();
        ((ObjectNode) request.putObject("request").put("source", "datadog").put("body", body))
                .putObject("headers")
                .put("X-Fusion-Token", EdgeCase.secrets("datadog").split(",")[0]);
        var edgeCase = new EdgeCase("own", request);
        var own = new VrlPipeline(VectorConfig.read(), VrlTool.find(folder).orElseThrow());

        own.send(List.of(edgeCase));

        assertThat(own.at("signals", edgeCase)).isEmpty();
        assertThat(own.at("dead_letters", edgeCase)).hasSize(1);
        return own.at("dead_letters", edgeCase).get(0).event();
    }

    /** What the language says of a failure may hold text of the sender, over several lines; a letter's reason does not. */
    @Test
    void aFailureOfAProgramIsToldInOurWords() {
        var own = new VrlPipeline(VectorConfig.read(), VrlTool.find(folder).orElseThrow());
        var edgeCase = new EdgeCase("failed", EdgeCase.JSON.createObjectNode());
        var event = EdgeCase.JSON.createObjectNode().put("source", "datadog");
        event.putObject("metadata")
                .putObject("dropped")
                .put("component_id", "judge_noise")
                .put("message", "function call error:\n\"of the sender\"");

        own.insert(edgeCase, "make_dead_letter", new VrlTool.Event(event, "{}".getBytes(StandardCharsets.UTF_8), null));

        assertThat(own.at("dead_letters", edgeCase)).singleElement().satisfies(letter -> {
            assertThat(letter.event().path("class").asText()).isEqualTo("unexpected");
            assertThat(letter.event().path("reason").asText()).isEqualTo("the edge failed in judge_noise");
        });
    }

    static Stream<Arguments> vectorTests() {
        return VectorConfig.texts().entrySet().stream()
                .filter(file -> file.getKey().startsWith("tests/"))
                .flatMap(file -> StreamSupport.stream(
                        VectorConfig.parse(file.getValue()).path("tests").spliterator(), false))
                .map(test -> Arguments.of(test.path("name").asText(), test));
    }

    /** The files for {@code vector test}, by the tool: a Vector also proves that the source's fields are named so. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("vectorTests")
    void vectorTestsHold(String name, JsonNode test) {
        var tool = VrlTool.find(folder).orElseThrow();
        var own = new VrlPipeline(VectorConfig.read(), tool);
        var edgeCase = new EdgeCase(name, EdgeCase.JSON.createObjectNode());
        test.path("inputs").forEach(input -> {
            var fields = EdgeCase.JSON.createObjectNode();
            input.path("log_fields").properties().forEach(field -> put(fields, field.getKey(), field.getValue()));
            var message = fields.remove("message").asText().getBytes(StandardCharsets.UTF_8);
            own.insert(edgeCase, input.path("insert_at").asText(), new VrlTool.Event(fields, message, null));
        });

        test.path("no_outputs_from").forEach(output -> assertThat(own.outOf(output.asText(), edgeCase))
                .as(output.asText())
                .isEmpty());
        test.path("outputs").forEach(output -> {
            var events = own.outOf(output.path("extract_from").asText(), edgeCase);
            assertThat(events).hasSize(output.path("expected_event_count").asInt());
            output.path("conditions").forEach(condition -> assertThat(events)
                    .allMatch(event -> tool.holds(condition.path("source").asText(), event), condition.toString()));
        });
    }

    /** A field by its path: dots lead below, unless they are quoted. */
    private static void put(ObjectNode fields, String path, JsonNode value) {
        if (path.startsWith("\"")) {
            fields.set(path.replace("\"", ""), value);
            return;
        }
        var members = path.split("\\.");
        var parent = fields;
        for (var member : Arrays.copyOf(members, members.length - 1)) {
            parent = parent.withObjectProperty(member);
        }
        parent.set(members[members.length - 1], value);
    }

    /** Vector refuses a condition of which it cannot tell beforehand that it is true or false. */
    @Test
    void authenticationAndConditionsAreTrueOrFalse() {
        var tool = VrlTool.find(folder).orElseThrow();
        var config = VectorConfig.read();
        var conditions = config.pipeline().findValuesAsText("condition");
        conditions.add(config.pipeline().at("/sources/webhooks/auth/source").asText());

        assertThat(conditions).hasSizeGreaterThan(5).allSatisfy(condition -> assertThat(tool.evaluate(
                        "if {\n" + condition + "\n} { 1 } else { 2 }", List.of(EdgeCase.JSON.createObjectNode())))
                .hasSize(1));
    }

    /** Alone, too: a program that only compiles after what the test puts around it would not compile in Vector. */
    @Test
    void programsCompileByThemselves() {
        var tool = VrlTool.find(folder).orElseThrow();
        var config = VectorConfig.read();

        assertThat(config.files().keySet().stream().filter(file -> file.endsWith(".vrl")))
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> tool.evaluate(config.files().get(file), List.of(EdgeCase.JSON.createObjectNode())));
    }
}
