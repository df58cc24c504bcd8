package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.ChangedApplication;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.SandboxClient;

import static org.assertj.core.api.Assertions.assertThat;

/** A broken route or mapping, or a port in use, ends the start: within ten lines the place, the word and what to do. */
class BrokenStartIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SIGNALS = "routes/signals.camel.yaml";
    private static final String CONVERGE = "routes/converge.camel.yaml";
    private static final String PAGERDUTY = "routes/platforms/pagerduty/pagerduty.camel.yaml";
    private static final String OPEN = "routes/platforms/pagerduty/open.jq";
    private static final String TARGET = "routes/platforms/servicenow/target.jq";

    private static final String PEEK = "routes/platforms/datadog/peek.json";

    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                edit(SIGNALS, "description: Most", "descripton: Most", at(SIGNALS, "description: Most"), "descripton"),
                edit(SIGNALS, "queueName", "queueNam", at(SIGNALS, "queueName"), "queueNam"),
                edit(CONVERGE, "timerName: work", "timerNam: work", at(CONVERGE, "uri: timer"), "'timerName'"),
                edit(
                        CONVERGE,
                        "ref: converger",
                        "ref: convergr",
                        at(CONVERGE, "ref: converger"),
                        "'convergr'",
                        "@Named"),
                edit(
                        CONVERGE,
                        "method: settle",
                        "method: setle",
                        at(CONVERGE, "method: settle"),
                        "'setle'",
                        "'settle'"),
                edit(
                        CONVERGE,
                        "name: converge-call",
                        "name: converge-cal",
                        at(CONVERGE, "name: converge-call"),
                        "direct:converge-cal;"),
                edit(
                        CONVERGE,
                        "id: converge-step\n",
                        "id: work-relist\n",
                        at(CONVERGE, "id: work-relist\n"),
                        "'work-relist'"),
                edit(
                        CONVERGE,
                        "java.lang.Exception",
                        "java.lang.Exceptio",
                        at(CONVERGE, "java.lang.Exception"),
                        "there is no class 'java.lang.Exceptio'"),
                edit(OPEN, "[0:1024]", "[0:1024", at(OPEN, "[0:1024]"), "does not compile"),
                edit(
                        OPEN,
                        null,
                        null,
                        at(PAGERDUTY, "open.jq"),
                        "there is no open.jq in the folder of pagerduty; the nearest is"),
                edit(TARGET, "//", "///", at(TARGET, "//"), "does not compile"),
                edit(
                        PAGERDUTY,
                        "description: Opens",
                        "descripton: Opens",
                        at(PAGERDUTY, "description: Opens"),
                        "descripton"),
                edit(PAGERDUTY, "method: GET", "method: GETT", PAGERDUTY + ", line ", "the method 'GETT' is none of"),
                edit(PAGERDUTY, "body: open.jq", "bdy: open.jq", at(PAGERDUTY, "body: open.jq"), "'bdy'"),
                edit(
                        PAGERDUTY,
                        "{.reference.id}",
                        "{.reference.id |}",
                        at(PAGERDUTY, "{.reference.id}"),
                        "does not compile"),
                edit(PEEK, "{", "{{", PEEK + ", line 1", "Unexpected character"),
                edit(
                        PEEK,
                        "\"/alert_priority\"",
                        "\"alert_priority\"",
                        PEEK + ", line ",
                        "'alert_priority' is no place"));
    }

    /** The place that a message has to name: the first line of a resource that holds the text. */
    private static String at(String resource, String text) {
        try {
            var all = Files.readString(Path.of("src", "main", "resources").resolve(resource));
            var before = all.substring(0, all.indexOf(text));
            return resource + ", line "
                    + (1 + before.chars().filter(c -> c == '\n').count()) + ":";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Arguments edit(String resource, String right, String wrong, String... said) {
        UnaryOperator<String> edit =
                text -> right == null ? null : text.replaceFirst(Pattern.quote(right), Matcher.quoteReplacement(wrong));
        return Arguments.of(resource + ": " + wrong, resource, edit, said);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void saysWhichFileAndLine(String name, String resource, UnaryOperator<String> edit, String[] said) {
        var jar = ChangedApplication.in(folder, resource, edit);

        assertEndsWith(settings().jar(jar), said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "management"})
    void saysWhichPortIsInUseAndHowToTakeAnother(String server) throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            var port = Integer.toString(other.getLocalPort());
            var variable = server.equals("http") ? "QUARKUS_HTTP_PORT" : "QUARKUS_MANAGEMENT_PORT";

            assertEndsWith(
                    settings().env(variable, port),
                    "port " + port + " on 127.0.0.1 is in use",
                    "quarkus." + server + ".port",
                    variable);
        }
    }

    @Test
    void refusesOnePortForBothServers() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = free.getLocalPort();
        }

        assertEndsWith(
                settings().env("QUARKUS_HTTP_PORT", "" + port).env("QUARKUS_MANAGEMENT_PORT", "" + port),
                "quarkus.management.port is " + port + ", as quarkus.http.port is");
    }

    private static HubProcess.Builder settings() {
        return FaultRig.settings("BrokenStartIT", new SandboxClient("http://127.0.0.1:1"));
    }

    private static void assertEndsWith(HubProcess.Builder settings, String... said) {
        try (HubProcess hub = settings.nats("nats://127.0.0.1:1").start()) {
            assertThat(hub.awaitExit(LIMIT)).isNotZero();
            assertThat(hub.log())
                    .contains("Fusion Hub did not start.")
                    .contains(said)
                    .doesNotContain("\tat ");
            assertThat(hub.log().lines()).hasSizeLessThanOrEqualTo(10);
        }
    }
}
