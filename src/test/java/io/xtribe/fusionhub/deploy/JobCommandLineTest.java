package io.xtribe.fusionhub.deploy;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

import io.xtribe.fusionhub.Main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** Every job and option that a template of Argo names is one of the command line, which takes the values that Argo puts in. */
class JobCommandLineTest {

    private static final Pattern REFERENCE = Pattern.compile("\\{\\{(?:workflow|inputs)\\.parameters\\.([a-z-]+)}}");
    /** For parameters without a default. */
    private static final Map<String, String> SAMPLES =
            Map.of("incident", "fx-e0c1eef4b82f0c5f3972b67dcb4e234f", "job", "reconcile", "by", "argo");

    /** A container's command line, and where it stands. */
    record Call(String title, List<String> arguments) {
        @Override
        public String toString() {
            return title;
        }
    }

    /** With the defaults of the template, then with each value that an enumeration allows. */
    static Stream<Call> calls() {
        return Manifest.below("argo").stream()
                .filter(manifest -> manifest.kind().equals("WorkflowTemplate"))
                .flatMap(manifest -> {
                    var parameters = WorkflowRules.named(manifest.spec().at("/arguments/parameters"));
                    return WorkflowRules.entries(manifest.spec().path("templates"))
                            .filter(template -> template.has("container"))
                            .map(template -> template.at("/container/args"))
                            .flatMap(args -> Stream.concat(
                                    Stream.of(new Call(manifest.name(), filled(args, parameters, "", ""))),
                                    allowed(manifest, args, parameters)));
                });
    }

    private static Stream<Call> allowed(Manifest manifest, JsonNode args, Map<String, JsonNode> parameters) {
        return parameters.values().stream().flatMap(parameter -> WorkflowRules.entries(parameter.path("enum"))
                .map(value -> new Call(
                        manifest.name() + ", " + parameter.path("name").asText() + " " + value,
                        filled(args, parameters, parameter.path("name").asText(), value.asText()))));
    }

    private static List<String> filled(JsonNode args, Map<String, JsonNode> parameters, String name, String value) {
        return WorkflowRules.entries(args)
                .map(argument -> REFERENCE
                        .matcher(argument.asText())
                        .replaceAll(found -> found.group(1).equals(name)
                                ? value
                                : parameters.containsKey(found.group(1))
                                                && parameters
                                                        .get(found.group(1))
                                                        .has("value")
                                        ? parameters
                                                .get(found.group(1))
                                                .path("value")
                                                .asText()
                                        : SAMPLES.getOrDefault(found.group(1), "")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("calls")
    void takesWhatATemplatePasses(Call call) {
        assertThatCode(() ->
                        new CommandLine(new Main()).parseArgs(call.arguments().toArray(String[]::new)))
                .as(String.join(" ", call.arguments()))
                .doesNotThrowAnyException();
    }

    @Test
    void hasATemplateForEachJob() {
        assertThat(new CommandLine(new Main()).getSubcommands()).containsKey("job");
        assertThat(new CommandLine(new Main())
                        .getSubcommands()
                        .get("job")
                        .getSubcommands()
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(ArgoTest.jobs()
                        .map(job -> job.name().replace("fusion-", ""))
                        .toList());
    }
}
