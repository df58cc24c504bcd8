package io.xtribe.fusionhub.edge;

import java.io.IOException;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Vector's programs make of the golden cases what these say, in the order that {@code vector.yaml} gives them. */
class VrlCasesTest {

    private static final List<EdgeCase> CASES = EdgeCase.all();
    /** What the source's authentication can tell before it has the body: Vector answers 401, and keeps nothing. */
    private static final List<String> LOCKED_OUT = List.of("wrong token", "unknown source");

    @TempDir
    static Path folder;

    private static VrlPipeline pipeline;

    @BeforeAll
    static void sendAll() {
        var tool = VrlTool.find(folder);
        assumeTrue(tool.isPresent(), VrlTool.MISSING);
        pipeline = new VrlPipeline(VectorConfig.read(), tool.get());
        pipeline.send(CASES);
    }

    static Stream<EdgeCase> events() {
        return CASES.stream().filter(each -> each.json().has("event"));
    }

    static Stream<EdgeCase> noise() {
        return CASES.stream().filter(each -> each.json().has("noise"));
    }

    static Stream<EdgeCase> refusals() {
        return CASES.stream().filter(each -> each.json().has("refused"));
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
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isRefused(EdgeCase edgeCase) {
        assertThat(pipeline.at("signals", edgeCase)).isEmpty();
        assertThat(pipeline.at("count_noise", edgeCase)).isEmpty();
        if (LOCKED_OUT.contains(edgeCase.refusal()) || isUnsigned(edgeCase)) {
            assertThat(pipeline.isLockedOut(edgeCase)).isTrue();
            return;
        }
        var letters = pipeline.at("dead_letters", edgeCase);
        assertThat(letters).hasSize(1);
        var letter = letters.get(0);
        assertThat(letter.event().path("reason").asText()).isEqualTo(edgeCase.refusal());
        assertThat(letter.event().path("source").asText()).isEqualTo(edgeCase.source());
        assertThat(letter.event().path("time").asText()).isEqualTo(VrlPipeline.RECEIVED);
        assertThat(letter.event().path("size").asInt()).isEqualTo(edgeCase.body().length);
        assertThat(Base64.getDecoder().decode(letter.event().path("bodyBase64").asText()))
                .isEqualTo(kept(edgeCase.body()));
        assertThat(letter.event().properties()).hasSize(5);
        assertThat(letter.secrets()).as("secrets must not go on").isNull();
        assertThat(pipeline.at("count_refused", edgeCase)).hasSize(1);
    }

    private static boolean isUnsigned(EdgeCase edgeCase) {
        return edgeCase.refusal().equals("bad signature")
                && edgeCase.headers().keySet().stream().noneMatch(name -> name.endsWith("-Signature"));
    }

    private static byte[] kept(byte[] body) {
        return body.length > 512 * 1024 ? Arrays.copyOf(body, 64 * 1024) : body;
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
        var request = EdgeCase.JSON.createObjectNode();
        ((ObjectNode) request.putObject("request").put("source", "datadog").put("body", body))
                .putObject("headers")
                .put("X-Fusion-Token", EdgeCase.secrets("datadog").split(",")[0]);
        var growing = new EdgeCase("growing", request);
        var own = new VrlPipeline(VectorConfig.read(), VrlTool.find(folder).orElseThrow());

        own.send(List.of(growing));

        assertThat(own.at("signals", growing)).isEmpty();
        assertThat(own.at("dead_letters", growing)).singleElement().satisfies(letter -> assertThat(
                        letter.event().path("reason").asText())
                .isEqualTo("too large"));
        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(512 * 1024);
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
