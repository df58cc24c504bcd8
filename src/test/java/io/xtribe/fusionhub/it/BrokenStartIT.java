package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
    private static final String OPEN = "mappings/pagerduty-open.jq";

    @TempDir
    Path folder;

    static Stream<Arguments> mistakes() {
        return Stream.of(
                edit(SIGNALS, "description: Most", "descripton: Most", SIGNALS + ", line 26", "descripton"),
                edit(SIGNALS, "queueName", "queueNam", SIGNALS + ", line 14", "queueNam"),
                edit(CONVERGE, "timerName: work", "timerNam: work", CONVERGE + ", line 141", "'timerName'"),
                edit(CONVERGE, "ref: converger", "ref: convergr", CONVERGE + ", line 15", "'convergr'", "@Named"),
                edit(CONVERGE, "method: settle", "method: setle", CONVERGE + ", line 48", "'setle'", "'settle'"),
                edit(
                        CONVERGE,
                        "name: converge-call",
                        "name: converge-cal",
                        CONVERGE + ", line 72",
                        "direct:converge-cal;"),
                edit(CONVERGE, "id: converge-step\n", "id: work-relist\n", CONVERGE + ", line 135", "'work-relist'"),
                edit(
                        CONVERGE,
                        "java.lang.Exception",
                        "java.lang.Exceptio",
                        CONVERGE + ", line",
                        "there is no class 'java.lang.Exceptio'"),
                edit(OPEN, "[0:1024]", "[0:1024", OPEN + ", line 9", "does not compile"),
                edit(OPEN, null, null, "routes/platforms/pagerduty.camel.yaml, line 58", OPEN),
                edit("mappings/peek.json", "{", "{{", "mappings/peek.json, line 1", "Unexpected character"));
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
