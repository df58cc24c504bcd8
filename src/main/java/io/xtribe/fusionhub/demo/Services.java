package io.xtribe.fusionhub.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Starts NATS, the sandbox and the hub, each as a process of its own, and waits for each until it works. */
final class Services {
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final int CONNECT_MILLIS = 1_000;
    private static final List<String> PLATFORMS = List.of("DATADOG", "SERVICENOW", "PAGERDUTY");

    private final Installation installation;
    private final DemoPorts ports;
    private final Children children;
    private final Screen screen;
    private final Web web;
    private final Path logs;

    Services(Installation installation, DemoPorts ports, Children children, Screen screen, Web web) throws IOException {
        this.installation = installation;
        this.ports = ports;
        this.children = children;
        this.screen = screen;
        this.web = web;
        this.logs = installation.logs(children.folder());
    }

    Path logs() {
        return logs;
    }

    void start() throws IOException, InterruptedException, DemoFailure {
        startNats();
        bringUp(
                "the sandbox",
                "sandbox.log",
                java(
                        "-Xmx128m",
                        "sandbox",
                        "--port",
                        Integer.toString(ports.sandbox()),
                        "--public-url",
                        ports.sandboxUrl(),
                        "--hub",
                        ports.hubUrl() + "/webhooks"),
                Map.of(),
                () -> web.isOk(ports.sandboxUrl() + "/control/settings"),
                ports.sandboxUrl());
        bringUp(
                "the hub",
                "hub.log",
                java("-Xmx256m", "serve"),
                hubSettings(),
                () -> web.isOk(ports.readinessUrl()),
                ports.hubUrl());
    }

    private void startNats() throws IOException, InterruptedException, DemoFailure {
        String name = "fusion-demo-" + UUID.randomUUID();
        List<String> command = List.of(
                installation.natsServer().toString(),
                "--name",
                name,
                "--addr",
                "127.0.0.1",
                "--port",
                Integer.toString(ports.nats()),
                "--jetstream",
                "--store_dir",
                children.folder().resolve("nats").toString());
        bringUp("NATS", "nats.log", command, Map.of(), () -> isJetStreamOf(name), ports.natsUrl());
    }

    private void bringUp(
            String name,
            String log,
            List<String> command,
            Map<String, String> environment,
            Patience.Condition ready,
            String url)
            throws IOException, InterruptedException, DemoFailure {
        Screen.Step step = screen.step("Starting " + name);
        Child child = children.start(name, command, environment, logs.resolve(log));
        boolean inTime = Patience.of(LONGEST_START).until(() -> {
            children.requireAlive();
            return ready.holds();
        });
        if (!inTime) {
            throw new DemoFailure("Not ready within " + LONGEST_START.toSeconds() + " s: " + name + "."
                    + System.lineSeparator() + child.tail());
        }
        step.done("ready", url);
    }

    /** The server greets with its name, which tells ours from another one that has taken the port meanwhile. */
    private boolean isJetStreamOf(String name) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", ports.nats()), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            String greeting = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return greeting != null && greeting.contains(name) && greeting.contains("\"jetstream\":true");
        }
    }

    private List<String> java(String heap, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                installation.java().toString(),
                heap,
                // What they leave behind is removed with the folder.
                "-Djava.io.tmpdir=" + children.folder(),
                // A demo runs for a minute or two: starting fast counts more than running fast.
                "-XX:TieredStopAtLevel=1",
                "-jar",
                installation.jar().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private Map<String, String> hubSettings() {
        Map<String, String> settings = new HashMap<>(SandboxAccess.HUB_SETTINGS);
        settings.put("FUSION_NATS_URL", ports.natsUrl());
        settings.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        settings.put("QUARKUS_HTTP_PORT", Integer.toString(ports.hub()));
        settings.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        settings.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(ports.management()));
        for (String platform : PLATFORMS) {
            String name = platform.toLowerCase(Locale.ROOT);
            settings.put("FUSION_" + platform + "_URL", ports.sandboxUrl() + "/" + name);
            settings.put("FUSION_WEBHOOKS_" + platform + "_SECRET", "sandbox-" + name + "-secret");
        }
        settings.put("FUSION_DATADOG_APP_URL", ports.sandboxUrl() + "/datadog");
        return settings;
    }
}
