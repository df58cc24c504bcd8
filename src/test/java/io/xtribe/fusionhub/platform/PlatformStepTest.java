package io.xtribe.fusionhub.platform;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.apache.camel.Exchange;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Timeline;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.testing.Availabilities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** The parameters of a {@code platform:} step that say when it is made, for what, and what else will do. */
class PlatformStepTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PLATFORMS =
            Path.of("src/test/resources/platforms").toAbsolutePath();
    private static final Duration LONG = Duration.ofMinutes(1);

    private static final String ROUTE = "tried";

    private static final String EACH_TICKET = """
            each: .ids
            method: GET
            path: "/tickets/{.}"
            answer: .title
            """;

    private static final ScriptedTransport TRANSPORT = new ScriptedTransport();
    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    private final ScriptedTransport transport = TRANSPORT;
    private final AtomicReference<Duration> left = new AtomicReference<>(LONG);
    private final List<Timeline.Call> calls = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void openCamel() {
        var platform = Platform.find(
                        "opsdesk",
                        Optional.of(PLATFORMS),
                        new SmallRyeConfigBuilder()
                                .withConverter(Duration.class, 200, new DurationConverter())
                                .withDefaultValue("fusion.opsdesk.url", "https://opsdesk.example")
                                .withDefaultValue("fusion.opsdesk.token", "t")
                                .build())
                .orElseThrow();
        var clients = new PlatformClients(
                new Platforms(platform), any -> TRANSPORT, Availabilities.unlimited(), new SimpleMeterRegistry());
        CAMEL.addComponent("platform", new PlatformComponent(clients));
        CAMEL.start();
    }

    @AfterAll
    static void closeCamel() throws Exception {
        CAMEL.close();
    }

    @BeforeEach
    void begin() {
        transport.forget();
    }

    @AfterEach
    void removeTheRoute() throws Exception {
        CAMEL.getRouteController().stopRoute(ROUTE);
        CAMEL.removeRoute(ROUTE);
    }

    /** Runs a route of that one step, on a step with these members. */
    private Exchange run(String parameters, String step) throws Exception {
        var route = """
                - route:
                    id: tried
                    from:
                      uri: direct
                      parameters:
                        name: tried
                      steps:
                        - to:
                            uri: platform:opsdesk
                            parameters:
                %s
                """.formatted(parameters.indent(14));
        PluginHelper.getRoutesLoader(CAMEL).loadRoutes(ResourceHelper.fromString("tried.camel.yaml", route));
        var view = (ObjectNode) json(step);
        try (var template = CAMEL.createProducerTemplate()) {
            return template.request("direct:tried", exchange -> {
                exchange.getIn().setBody(view);
                exchange.getIn().setHeader("fromBefore", "it");
                exchange.setProperty(PlatformStep.VIEW, view);
                exchange.setProperty(PlatformStep.RUN, new TriedStep(view, left, calls));
            });
        }
    }

    /** JSON with single quotes for double ones. */
    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static JsonNode body(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(JsonNode.class);
    }

    private static Kind failure(Exchange exchange) {
        assertThat(exchange.getException()).isNotNull();
        return FailureClassifier.ofException("opsdesk", exchange.getException()).kind();
    }

    @Test
    void asksForEachAndCollectsTheAnswersInTheirOrder() throws Exception {
        transport
                .answers(json("{'title': 'a'}"))
                .answers(json("{'title': null}"))
                .answers(json("{'title': 'c'}"));

        var exchange = run(EACH_TICKET, "{'ids': ['1', '2', 'x/y']}");

        assertThat(body(exchange)).isEqualTo(json("['a', null, 'c']"));
        assertThat(transport.paths()).containsExactly("/tickets/1", "/tickets/2", "/tickets/x%2Fy");
        assertThat(exchange.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void theStepHearsOfEachRequestWithItsOutcomeAndWhatTheVendorCallsIt() throws Exception {
        transport.answers(json("{'title': 'a'}"), "X-Desk-Request", "r-1\n2").answers(404, "gone");

        run(EACH_TICKET, "{'ids': ['1', '2']}");

        assertThat(calls)
                .extracting(Timeline.Call::request, Timeline.Call::outcome, Timeline.Call::requestId)
                .containsExactly(tuple("GET /tickets/1", "ok", "r-1\\u000a2"), tuple("GET /tickets/2", "404", ""));
        assertThat(calls).allMatch(call -> call.millis() >= 0);
    }

    @Test
    void asksForNoneOfAnEmptyList() throws Exception {
        assertThat(body(run(EACH_TICKET, "{'ids': []}"))).isEqualTo(json("[]"));
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void mappingsSeeWhatARequestIsMadeFor() throws Exception {
        transport.answers(json("{'title': 'a'}")).answers(json("{'title': 'b'}"));

        var exchange = run("""
                each: .records
                method: POST
                path: "/tickets/{$each.id}/notes"
                body: "{text: $each.text}"
                answer: "[$each.id, .title, $step.id]"
                """, "{'id': 'fx-1', 'records': [{'id': '1', 'text': 'one'}, {'id': '2', 'text': 'two'}]}");

        assertThat(body(exchange)).isEqualTo(json("[['1', 'a', 'fx-1'], ['2', 'b', 'fx-1']]"));
        assertThat(transport.asked())
                .extracting(PlatformRequest::body)
                .containsExactly(json("{'text': 'one'}"), json("{'text': 'two'}"));
    }

    @Test
    void keepsTheBodyWhereNoAnswerIsWanted() throws Exception {
        transport.answers(json("{}")).answers(json("{}"));

        var exchange = run("each: .ids\nmethod: DELETE\npath: \"/tickets/{.}\"", "{'ids': ['1', '2']}");

        assertThat(body(exchange)).isEqualTo(json("{'ids': ['1', '2']}"));
        assertThat(transport.asked()).hasSize(2);
    }

    @Test
    void takesAnotherAnswerForOneThatIsRefusedInTheMiddle() throws Exception {
        transport.answers(json("{'title': 'a'}")).answers(404, "gone").answers(json("{'title': 'c'}"));

        var exchange = run(EACH_TICKET + "refused: \"{refused: .}\"", "{'ids': ['1', '2', '3']}");

        assertThat(body(exchange)).isEqualTo(json("['a', {'refused': '2'}, 'c']"));
        assertThat(exchange.getProperty(PlatformStep.REMARK)).isNull();
    }

    @Test
    void endsWithTheFirstOneThatIsRefusedWhereNoOtherAnswerIsGiven() throws Exception {
        transport.answers(json("{'title': 'a'}")).answers(404, "gone");

        var exchange = run(EACH_TICKET, "{'ids': ['1', '2', '3']}");

        assertThat(failure(exchange)).isEqualTo(Kind.REJECTED);
        assertThat(transport.paths()).containsExactly("/tickets/1", "/tickets/2");
    }

    /** What else the answer is not there for, is no refusal: the whole list is asked for again. */
    @ParameterizedTest
    @CsvSource({"500, UNKNOWN_OUTCOME", "503, WILL_HEAL", "429, THROTTLED", "401, DENIED"})
    void endsWithTheFirstOneWhoseOutcomeIsNotKnown(int status, Kind kind) throws Exception {
        transport.answers(json("{'title': 'a'}")).answers(status, "no");

        var exchange = run(EACH_TICKET + "refused: \"null\"", "{'ids': ['1', '2', '3']}");

        assertThat(failure(exchange)).isEqualTo(kind);
        assertThat(transport.paths()).containsExactly("/tickets/1", "/tickets/2");
        assertThat(exchange.getMessage().getBody()).isEqualTo(json("{'ids': ['1', '2', '3']}"));
    }

    @Test
    void endsWithAnAnswerThatTheMappingCannotRead() throws Exception {
        transport.answers(json("{'title': 'a'}")).answers(json("['a page for people']"));

        var exchange = run(EACH_TICKET + "refused: \"null\"", "{'ids': ['1', '2', '3']}");

        assertThat(failure(exchange)).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(transport.asked()).hasSize(2);
    }

    @Test
    void showsTheAnswerThatTheMappingCannotRead() throws Exception {
        transport.answers(json("['a page for people']"));

        var exchange = run("method: GET\npath: /tickets\nanswer: .title", "{}");

        assertThat(exchange.getException()).hasMessageEndingWith(", in [\"a page for people\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer: .title", "answer: raw\nexpects: /title"})
    void saysThatAnAnswerIsEmpty(String needs) throws Exception {
        transport.answers(MissingNode.getInstance());

        var exchange = run("method: GET\npath: /tickets\n" + needs, "{}");

        assertThat(failure(exchange)).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(exchange.getException()).hasMessage("it is empty");
    }

    @Test
    void beginsNoRequestOfAListAfterTheEndOfItsAttempt() throws Exception {
        transport.answers(json("{'title': 'a'}")).runs(() -> left.set(Duration.ofNanos(-1)), json("{'title': 'b'}"));

        var exchange = run(EACH_TICKET, "{'ids': ['1', '2', '3']}");

        assertThat(failure(exchange)).isEqualTo(Kind.NOT_STARTED);
        assertThat(transport.asked()).hasSize(2);
    }

    @Test
    void hearsOfAnErrorInTheMiddleOfAList() throws Exception {
        transport
                .answers(json("{'title': 'a'}"))
                .runs(
                        () -> {
                            throw new StackOverflowError("a mapping that has no end");
                        },
                        null);

        assertThat(run(EACH_TICKET, "{'ids': ['1', '2']}").getException()).hasStackTraceContaining("StackOverflow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'ids': null}", "{'ids': {'a': 1}}"})
    void failsOnWhatIsNoList(String step) throws Exception {
        var exchange = run(EACH_TICKET, step);

        assertThat(exchange.getException()).hasMessageContaining("which is no list");
        assertThat(transport.asked()).isEmpty();
    }

    @Test
    void saysARefusalInTheTimelineInTheVendorsWords() throws Exception {
        transport.answers(403, "not yours");

        var exchange = run("""
                method: GET
                path: /notes
                answer: .notes
                refused: .
                remark: "the notes cannot be read"
                """, "{'id': 'fx-1'}");

        assertThat(body(exchange)).isEqualTo(json("{'id': 'fx-1'}"));
        assertThat(exchange.getProperty(PlatformStep.REMARK))
                .isEqualTo("the notes cannot be read: it answered 403: not yours");
    }

    @Test
    void saysNothingOfWhatIsNoRefusal() throws Exception {
        transport.answers(502, "bad gateway");

        var exchange = run("method: GET\npath: /notes\nanswer: .\nrefused: .\nremark: said", "{}");

        assertThat(failure(exchange)).isEqualTo(Kind.UNKNOWN_OUTCOME);
        assertThat(exchange.getProperty(PlatformStep.REMARK)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "'yes', 1", "0, 1", "false, 0", "null, 0"})
    void asksOnlyWhenItIsSo(String value, int requests) throws Exception {
        transport.answers(json("{'title': 'a'}"));

        var exchange = run(
                "when: .wanted\nmethod: GET\npath: /tickets\nanswer: .title",
                "{'wanted': %s}".formatted(value.equals("yes") ? "'yes'" : value));

        assertThat(transport.asked()).hasSize(requests);
        assertThat(body(exchange))
                .isEqualTo(requests == 1 ? json("'a'") : exchange.getProperty(PlatformStep.VIEW, JsonNode.class));
    }

    @ParameterizedTest
    @CsvSource({"true, 1, a", "false, 0, none"})
    void takesAnotherBodyWhereItIsNotSo(boolean wanted, int requests, String body) throws Exception {
        transport.answers(json("{'title': 'a'}"));

        var exchange = run(
                "when: .wanted\notherwise: .other\nmethod: GET\npath: /tickets\nanswer: .title",
                "{'wanted': %s, 'other': 'none'}".formatted(wanted));

        assertThat(transport.asked()).hasSize(requests);
        assertThat(body(exchange).asText()).isEqualTo(body);
    }

    @Test
    void makesTheBodyOfAllAnswersOfAList() throws Exception {
        transport.answers(json("{'title': 'a'}")).answers(404, "gone");

        var exchange = run(
                EACH_TICKET + "refused: \"null\"\ncollect: \"{titles: ., of: $step.ids, each: $each}\"",
                "{'ids': ['1', '2']}");

        assertThat(body(exchange)).isEqualTo(json("{'titles': ['a', null], 'of': ['1', '2'], 'each': null}"));
    }

    @Test
    void makesTheBodyOfAnEmptyListToo() throws Exception {
        assertThat(body(run(EACH_TICKET + "collect: length", "{'ids': []}"))).isEqualTo(json("0"));
    }

    @Test
    void failsOnAnswersThatCannotBeCollected() throws Exception {
        transport.answers(json("{'title': 'a'}"));

        var exchange = run(EACH_TICKET + "collect: 'error(\"no titles\")'", "{'ids': ['1']}");

        assertThat(exchange.getException()).hasStackTraceContaining("no titles");
        assertThat(exchange.getMessage().getBody()).isEqualTo(json("{'ids': ['1']}"));
    }

    @Test
    void saysInTheTimelineThatItIsMade() throws Exception {
        transport.answers(403, "not yours");

        var exchange = run("method: POST\npath: /tickets\nremark: tried again", "{}");

        assertThat(failure(exchange)).isEqualTo(Kind.DENIED);
        assertThat(exchange.getProperty(PlatformStep.REMARK)).isEqualTo("tried again");
    }

    @Test
    void saysNothingInTheTimelineWhereItIsNotMade() throws Exception {
        var exchange = run("when: .wanted\nmethod: POST\npath: /tickets\nremark: tried again", "{}");

        assertThat(exchange.getProperty(PlatformStep.REMARK)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "answer: .x\\neach: .ids | needs a method and a path, or else only an answer",
                "answer: .x\\nrefused: . | needs a method and a path, or else only an answer",
                "answer: .x\\nwhen: .y | needs a method and a path, or else only an answer",
                "method: GET\\npath: /x\\notherwise: . | add when, or leave otherwise out",
                "method: GET\\npath: /x\\nanswer: .\\ncollect: . | add each and answer, or leave collect out",
                "method: GET\\npath: /x\\neach: .\\ncollect: . | add each and answer, or leave collect out",
                "method: GET\\npath: /x\\neach: '.ids[' | Encountered"
            })
    void refusesWhatMakesNoSense(String parameters, String problem) {
        assertThatThrownBy(() -> run(parameters.replace("\\n", "\n"), "{}"))
                .isInstanceOf(RuntimeCamelException.class)
                .hasStackTraceContaining(problem);
    }

    private record TriedStep(ObjectNode view, AtomicReference<Duration> rest, List<Timeline.Call> calls)
            implements PlatformStep {
        @Override
        public void called(Timeline.Call call) {
            calls.add(call);
        }

        @Override
        public String getOperation() {
            return "update";
        }

        @Override
        public String getPart() {
            return "ticket";
        }

        @Override
        public Lane getLane() {
            return Lane.STATUS;
        }

        @Override
        public Duration left() {
            return rest.get();
        }
    }
}
