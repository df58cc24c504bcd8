package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static java.util.regex.Matcher.quoteReplacement;
import static org.assertj.core.api.Assertions.assertThat;

/** What can be told of Vector's configuration without Vector. */
class VectorPipelineTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    @Test
    void keepsAllRules() {
        assertThat(VectorRules.problems(VectorConfig.read())).isEmpty();
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', textBlock = """
            vector.yaml      | inputs: [judge_noise]                       | inputs: [judge]                       | input judge of by_noise does not exist
            vector.yaml      | - parse_body.dropped                        |                                       | nobody reads parse_body.dropped
            vector.yaml      | - by_platform._unmatched                    |                                       | nobody reads by_platform._unmatched
            vector.yaml      | inputs: [by_noise.noise]                    | inputs: [judge_noise]                 | nobody reads by_noise.noise
            vector.yaml      | inputs: [by_noise._unmatched]               | inputs: [judge_noise]                 | nobody reads by_noise._unmatched
            vector.yaml      | inputs: [make_cloudevent]                   | inputs: [look_up_service]             | nobody reads make_cloudevent:
            vector.yaml      | type: filter                                | type: dedupe                          | not_in_catalogue is a dedupe
            vector.yaml      | type: filter                                | type: throttle                        | not_in_catalogue is a throttle
            vector.yaml      | reroute_dropped: true                       | reroute_dropped: false                | name_source drops into nothing
            vector.yaml      | drop_on_error: true                         | drop_on_error: false                  | name_source lets pass unchanged
            vector.yaml      | drop_on_abort: false                        | drop_on_abort: true                   | make_dead_letter is the last step
            vector.yaml      | file: transforms/parse-body.vrl             | source: .body = {}                    | nobody uses transforms/parse-body.vrl
            vector.yaml      | file: transforms/parse-body.vrl             | file: transforms/parse.vrl            | parse_body has no program
            vector.yaml      | method: bytes                               | method: newline_delimited             | framing and codec of webhooks must be bytes
            vector.yaml      | codec: bytes                                | codec: json                           | framing and codec of webhooks must be bytes
            vector.yaml      | strategy: custom                            | strategy: none                        | webhooks authenticates nobody
            vector.yaml | 'sources:' | 'acknowledgements: {enabled: true}\\nsources:' | acknowledgements at the top
            vector.yaml      | 'acknowledgements:\\n      enabled: true'    | 'acknowledgements:\\n      enabled: false' | acknowledgements of signals are off
            vector.yaml      | 'jetstream:\\n      enabled: true'           | 'jetstream:\\n      enabled: false'    | signals does not wait for JetStream
            vector.yaml      | message_id                                  | x                                     | signals sends no Nats-Msg-Id
            vector.yaml | 'edge-dead-letters\\n    subject: "fusion.dead-letters.{{ source }}"' | 'edge-dead-letters\\n    subject: "{{ source }}"' | the subject of dead_letters has no literal prefix
            vector.yaml | except_fields: [route] | except_fields: [route, id] | signals leaves out the id
            vector.yaml | retry_max_duration_secs: 2 | retry_max_duration_secs: 15 | signals may wait long after
            vector.yaml | flush_period_secs: 604800 | flush_period_secs: 60 | metrics forgets counters
            vector.yaml | flush_period_secs: 604800 |  | metrics forgets counters
            vector.yaml | - check_body.dropped | '- check_body.dropped\\n      - check_signature.dropped' | waits in dead_letters
            vector.yaml | - name_source.dropped | '- name_source.dropped\\n      - parse_body.dropped' | unauthenticated drops what is authentic
            vector.yaml | 'max_events: 100\\n      when_full: drop_newest' | 'max_events: 100\\n      when_full: block' | waits in unauthenticated
            vector.yaml | 'max_events: 100\\n      when_full: drop_newest' | 'max_events: 9000\\n      when_full: drop_newest' | waits in unauthenticated
            vector.yaml | 'max_events: 500\\n      when_full: block' | 'max_events: 100\\n      when_full: drop_newest' | signals drops what is authentic
            vector.yaml | inputs: [by_platform.datadog, check_signature] | inputs: [by_platform.datadog, name_source] | waits in signals
            vector.yaml | 127.0.0.1:8080 | 127.0.0.1:8081 | refuse does not ask the source
            vector.yaml | retry_attempts: 0 | retry_attempts: 5 | refuse lets the sender wait
            vector.yaml      | subject: "fusion.signals.{{ route }}"       | subject: "{{ subject }}"              | the subject of signals has no literal prefix
            vector.yaml      | subject: fusion.dead-letters.unauthenticated | subject: fusion.letters.x | the subject of unauthenticated has no literal prefix
            vector.yaml      | url: tls://nats:4222                        | url: nats://localhost:4222            | the NATS sinks differ in their connection
            vector.yaml      | 'tls:\\n      enabled: true'                 | 'tls:\\n      enabled: false'          | signals needs TLS and credentials
            vector.yaml      | SECRET[webhooks.                            | SECRET[vault.                         | no backend for SECRET[vault.datadog]
            vector.yaml      | tls://nats:4222                             | '${NATS}'                             | vector.yaml has a ${
            transforms/parse-body.vrl | lossy                              | SECRET[webhooks.datadog]              | parse-body.vrl names a secret
            """)
    void noticesWhenOneIsBroken(String file, String what, String instead, String problem) {
        var texts = VectorConfig.texts();
        var whole = texts.get(file);
        var found = lines(what);
        assertThat(whole).as("the file still has what is to be broken").contains(found);
        texts.put(
                file,
                whole.replaceFirst(Pattern.quote(found), quoteReplacement(instead == null ? "" : lines(instead))));

        var problems = VectorRules.problems(VectorConfig.of(texts));

        assertThat(problems).anyMatch(each -> each.contains(problem));
    }

    private static String lines(String text) {
        return text.replace("\\n", "\n");
    }

    @Test
    void opensThePrioritiesThatTheHubOpens() throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES.resolve("application.properties"))) {
            properties.load(reader);
        }

        assertThat(listAfter("opened = "))
                .containsExactlyInAnyOrder(
                        properties.getProperty("fusion.priorities").split(","));
    }

    @Test
    void knowsTheFirstSignsThatTheHubKnows() throws IOException {
        // The hub knows whether a repeated one belongs to an incident; Vector does not, so it lets these pass.
        assertThat(listAfter("is_first_sign = includes("))
                .containsExactly("Triggered", "No Data", "Warn")
                .isSubsetOf(texts(firstSigns("datadog").path("/alert_transition")));
        for (var source : List.of("servicenow", "pagerduty")) {
            for (var words : firstSigns(source)) {
                assertThat(texts(words))
                        .allSatisfy(word -> assertThat(noiseRule()).contains("\"" + word + "\""));
            }
        }
    }

    private static JsonNode firstSigns(String source) throws IOException {
        return new ObjectMapper()
                .readTree(RESOURCES
                        .resolve("routes/platforms")
                        .resolve(source)
                        .resolve("peek.json")
                        .toFile())
                .path("when");
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static List<String> listAfter(String start) {
        var rule = noiseRule();
        var from = rule.indexOf('[', rule.indexOf(start));
        return QUOTED.matcher(rule.substring(from, rule.indexOf(']', from)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static String noiseRule() {
        return VectorConfig.texts().get("transforms/judge-noise.vrl");
    }

    @Test
    void testsNameComponentsThatExist() {
        var config = VectorConfig.read();
        var names = new ArrayList<String>();
        for (var file : testFiles()) {
            for (var test : VectorConfig.parse(file).path("tests")) {
                names.add(test.path("name").asText());
                assertThat(test.findValuesAsText("insert_at"))
                        .as(names.toString())
                        .isNotEmpty()
                        .allMatch(config.transforms()::containsKey);
                assertThat(config.components().keySet().stream().flatMap(id -> config.outputs(id).stream()))
                        .containsAll(test.findValuesAsText("extract_from"))
                        .containsAll(texts(test.path("no_outputs_from")));
            }
        }
        assertThat(names).isNotEmpty().doesNotHaveDuplicates();
    }

    private static List<String> testFiles() {
        return VectorConfig.texts().entrySet().stream()
                .filter(file -> file.getKey().startsWith("tests/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** The columns that both sides agreed on; the hub's own command checks the rest. */
    @Test
    void asksTheCatalogueForColumnsThatItHas() throws IOException {
        var header = Arrays.asList(Files.readAllLines(VectorConfig.FOLDER.resolve("enrichment/services.csv"))
                .get(0)
                .split(","));
        var texts = VectorConfig.texts();
        var asked = new ArrayList<String>();
        columns("\\.row\\.(\\w+)", texts.get("transforms/make-cloudevent.vrl"), asked);
        columns("\"services\", \\{\"(\\w+)\"", texts.get("vector.yaml"), asked);

        assertThat(asked).isNotEmpty();
        assertThat(header).containsAll(asked).contains("tier");
    }

    private static void columns(String pattern, String text, List<String> into) {
        Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .forEach(into::add);
    }
}
