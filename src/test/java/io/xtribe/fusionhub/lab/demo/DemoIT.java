package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.testing.ChangedApplication;
import io.xtribe.fusionhub.testing.NatsServer;
import io.xtribe.fusionhub.testing.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The packaged demo as a user runs it, on ports of its own. Needs {@code ./mvnw package} first. */
class DemoIT {
    private static final Duration LONGEST = Duration.ofSeconds(120);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int TERMINATED = 128 + 15;

    private final LocalPorts ports = new LocalPorts(Ports.free(), Ports.free(), Ports.free(), Ports.free());
    private final Web web = new Web();

    @TempDir
    Path folder;

    @Test
    void onceChecksAllLinksAndLeavesNothingBehind() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoProcess demo = start(ports, Map.of(), "--once", "--hub-port", "" + other.getLocalPort())) {
            // When
            demo.awaitEnd(LONGEST);
            // Then
            assertThat(demo.exitCode()).as(demo.output()).isZero();
            assertThat(demo.output())
                    .contains("Port " + other.getLocalPort() + " is taken")
                    .contains(
                            "All links are there",
                            "The noise has opened nothing: " + Trigger.values().length + " incidents")
                    .containsPattern("paged after \\d+ ms, linked after \\d+ ms {3}Ada Example was paged")
                    .doesNotContain("MISSING", "UNEXPECTED", "killed");
            for (Trigger trigger : Trigger.values()) {
                assertThat(demo.output()).contains(trigger.heading());
            }
            assertThat(demo.output().lines().filter(line -> line.endsWith("incident, servicenow, pagerduty")))
                    .hasSize(Trigger.values().length);
            demo.assertNothingLeft(ports);
        }
    }

    @Test
    void staysUpOffersCommandsThatWorkAndStopsCleanly() throws Exception {
        try (DemoProcess demo = start(ports, Map.of())) {
            demo.awaitOutput("Ctrl-C stops everything", LONGEST);
            List<String> commands = demo.output()
                    .lines()
                    .filter(line -> line.startsWith("  curl "))
                    .map(String::strip)
                    .toList();
            String first = firstIncident(demo.output());
            String token = found("Bearer ([A-Za-z0-9_-]{20})", demo.output());
            HubApi hub = new HubApi(web, ports.hubUrl(), token);
            assertThat(commands)
                    .hasSize(3)
                    .isEqualTo(new TryNext(ports, token, first)
                            .suggestions().stream()
                                    .map(TryNext.Suggestion::command)
                                    .toList());

            bash(commands.get(0));
            awaitLinked(hub, "Database is full");

            assertThat(demo.output()).containsPattern("log in as admin with [A-Za-z0-9_-]{20} ");
            JsonNode story = new ObjectMapper().readTree(bash(commands.get(1)));
            assertThat(story.at("/incident/id").asText()).isEqualTo(first);
            assertThat(story.path("timeline")).isNotEmpty();

            bash(commands.get(2));
            assertThat(awaitLinked(hub, "Search is down").hasNonNull("pagedAt")).isTrue();
            assertThat(serviceNowCreates("Search is down")).isEqualTo(1);
            assertThat(serviceNowRefusals()).isEqualTo(3);
            NatsServer.assertEventsAsDocumented(ports.natsUrl());

            demo.observeChildren();
            demo.terminate();
            demo.awaitEnd(SOON);
            assertThat(demo.exitCode()).isEqualTo(TERMINATED);
            assertThat(demo.output())
                    .containsSubsequence("Stopping the hub", "Stopping the sandbox", "Stopping NATS")
                    .doesNotContain("killed");
            demo.assertNothingLeft(ports);
        }
    }

    @Test
    void leavesNothingBehindWhenStoppedInTheMiddle() throws Exception {
        try (DemoProcess demo = start(ports, Map.of(), "--once")) {
            demo.awaitOutput("Starting the hub", LONGEST);
            demo.observeChildren();
            // When
            demo.terminate();
            // Then
            demo.awaitEnd(SOON);
            assertThat(demo.exitCode()).isEqualTo(TERMINATED);
            demo.assertNothingLeft(ports);
        }
    }

    @Test
    void leavesNothingBehindWhenKilled() throws Exception {
        try (DemoProcess demo = start(ports, Map.of())) {
            demo.awaitOutput("Making noise", LONGEST);
            demo.observeChildren();
            // When
            demo.kill();
            // Then
            demo.awaitEnd(SOON);
            demo.assertNothingLeft(ports);
        }
    }

    @Test
    void saysWhatDidNotStartAndShowsItsLog() throws Exception {
        // Given
        Path broken = Files.writeString(folder.resolve("nats"), "#!/bin/sh\necho no space left on device\nexit 3\n");
        assertThat(broken.toFile().setExecutable(true)).isTrue();
        try (DemoProcess demo = start(ports, Map.of("NATS_SERVER", broken.toString()), "--once")) {
            // When
            demo.awaitEnd(SOON);
            // Then
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output()).contains("NATS has ended with exit code 3", "no space left on device");
            demo.assertNothingLeft(ports);
        }
    }

    @Test
    void showsWhatTheHubSaidOfABrokenRoute() throws Exception {
        Path jar = ChangedApplication.in(
                folder, "routes/signals.camel.yaml", text -> text.replace("description: Most", "descripton: Most"));
        Path output = folder.resolve("output");
        try (DemoProcess demo = DemoProcess.start(jar, ports, Map.of(), output, "--once")) {
            // When
            demo.awaitEnd(LONGEST);
            // Then
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.output())
                    .contains("The process of the hub has ended with exit code 1")
                    .contains("routes/signals.camel.yaml, line 26", "descripton", "correct the spelling")
                    .doesNotContain("\tat ");
            List<String> lines = demo.output().lines().toList();
            int failed = lines.indexOf(lines.stream()
                    .filter(line -> line.startsWith("The process of the hub"))
                    .findFirst()
                    .orElseThrow());
            assertThat(lines.subList(failed, Math.min(failed + 10, lines.size())))
                    .anyMatch(line -> line.contains("descripton"));
            demo.assertNothingLeft(ports);
        }
    }

    private DemoProcess start(LocalPorts wanted, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        return DemoProcess.start(wanted, environment, folder.resolve("output"), options);
    }

    private static String firstIncident(String output) {
        return found("(fx-[0-9a-f]{32})", output);
    }

    private static String found(String pattern, String output) {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        assertThat(matcher.find()).as("%s in %s", pattern, output).isTrue();
        return matcher.group(1);
    }

    private static String bash(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(command).isZero();
        return output;
    }

    private static JsonNode awaitLinked(HubApi hub, String title) throws IOException, InterruptedException {
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> assertThat(
                        hub.incident(hub.withTitle(title).orElseThrow()).hasNonNull("linkedAt"))
                .isTrue());
        return hub.incident(hub.withTitle(title).orElseThrow());
    }

    private long serviceNowCreates(String title) throws IOException, InterruptedException {
        return calls().findValuesAsText("title").stream()
                .filter(each -> each.endsWith(title))
                .count();
    }

    private long serviceNowRefusals() throws IOException, InterruptedException {
        return calls().findValuesAsText("status").stream().filter("503"::equals).count();
    }

    private JsonNode calls() throws IOException, InterruptedException {
        return web.json(ports.sandboxUrl() + "/control/calls?platform=servicenow&operation=create-incident", Map.of());
    }
}
