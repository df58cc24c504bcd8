package io.xtribe.fusionhub.lab.local;

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
public final class Services {
    private static final Duration LONGEST_START = Duration.ofSeconds(180);
    private static final int CONNECT_MILLIS = 1_000;
    /** As bin/fusion starts it: a hub without memory must make room for the next one. */
    private static final String ENDS_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    /** Runs a command with the CPU time that nothing else wants, as {@code bin/fusion job} does. */
    private static final String WITH_WHAT_IS_LEFT =
            "chrt --idle --pid 0 $$ 2>/dev/null || renice -n 19 -p $$ >/dev/null 2>&1; exec \"$@\"";

    private static final List<String> PLATFORMS = List.of("DATADOG", "SERVICENOW", "PAGERDUTY");

    private final Installation installation;
    private final LocalPorts ports;
    private final Children children;
    private final Screen screen;
    // One call without an answer must not use up the whole time that a server has to start.
    private final Web web = new Web(Duration.ofSeconds(1));
    private final Path logs;
    private final Duration longestStart;

    /** @param logs the folder for what the processes write */
    public Services(Installation installation, LocalPorts ports, Children children, Screen screen, Path logs) {
        this(installation, ports, children, screen, logs, LONGEST_START);
    }

    /** The same where each process may take longer until it works. */
    public Services(
            Installation installation,
            LocalPorts ports,
            Children children,
            Screen screen,
            Path logs,
            Duration longestStart) {
        this.installation = installation;
        this.ports = ports;
        this.children = children;
        this.screen = screen;
        this.logs = logs;
        this.longestStart = longestStart;
    }

    /** Where the processes' output is. */
    public Path logs() {
        return logs;
    }

    /** Starts a NATS server with JetStream. */
    public Child nats() throws IOException, InterruptedException, LocalFailure {
        String name = "fusion-" + UUID.randomUUID();
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
        return bringUp("NATS", "nats.log", command, Map.of(), () -> isJetStreamOf(name), ports.natsUrl());
    }

    /** Starts the sandbox, which sends its webhooks to the hub. */
    public Child sandbox(List<String> javaOptions) throws IOException, InterruptedException, LocalFailure {
        return bringUp(
                "the sandbox",
                "sandbox.log",
                java(
                        installation.java(),
                        javaOptions,
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
    }

    /**
     * Starts the hub, let in by the sandbox.
     *
     * @param java the java to run it on
     * @param settings environment variables beside those that it needs here
     */
    public Child hub(Path java, List<String> javaOptions, Map<String, String> settings)
            throws IOException, InterruptedException, LocalFailure {
        List<String> options = new ArrayList<>(List.of(ENDS_WITHOUT_MEMORY));
        options.addAll(javaOptions);
        return hub(java(java, options, "serve"), settings);
    }

    /** The same with options that say what to run, too. */
    public Child hubBy(Path java, List<String> launch, Map<String, String> settings)
            throws IOException, InterruptedException, LocalFailure {
        List<String> command =
                new ArrayList<>(List.of(java.toString(), "-Djava.io.tmpdir=" + children.folder(), ENDS_WITHOUT_MEMORY));
        command.addAll(launch);
        command.add("serve");
        return hub(command, settings);
    }

    private Child hub(List<String> command, Map<String, String> settings)
            throws IOException, InterruptedException, LocalFailure {
        Map<String, String> environment = hubSettings();
        environment.putAll(settings);
        return bringUp(
                "the hub", "hub.log", command, environment, () -> web.isOk(ports.readinessUrl()), ports.hubUrl());
    }

    /**
     * Starts a batch job with the hub's settings and, as {@code bin/fusion job} does, a lower priority; does not wait for it.
     *
     * @param launch options that say what to run, too
     */
    public Child jobBy(Path java, List<String> launch, Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "sh", "-c", WITH_WHAT_IS_LEFT, "job", java.toString(), "-Djava.io.tmpdir=" + children.folder()));
        command.addAll(launch);
        command.addAll(List.of(arguments));
        Map<String, String> environment = hubSettings();
        environment.putAll(settings);
        return children.start("job", command, environment, logs.resolve("job.log"));
    }

    /** What java is told to run the packaged application. */
    public List<String> application() {
        return List.of("-jar", installation.jar().toString());
    }

    /** Starts another command of the packaged application, without waiting for anything. */
    public Child command(String name, Path java, List<String> javaOptions, String... arguments)
            throws IOException, InterruptedException {
        return children.start(name, java(java, javaOptions, arguments), Map.of(), logs.resolve(name + ".log"));
    }

    private Child bringUp(
            String name,
            String log,
            List<String> command,
            Map<String, String> environment,
            Patience.Condition ready,
            String url)
            throws IOException, InterruptedException, LocalFailure {
        Screen.Step step = screen.step("Starting " + name);
        Child child = children.start(name, command, environment, logs.resolve(log));
        boolean inTime = Patience.of(longestStart).until(() -> {
            children.requireAlive();
            return ready.holds();
        });
        if (!inTime) {
            throw new LocalFailure("Not ready within " + longestStart.toSeconds() + " s: " + name + "."
                    + System.lineSeparator() + child.lastWords());
        }
        step.done("ready", url);
        return child;
    }

    /** The server sends its name first. It shows whether it is ours, or another one that has taken the port meanwhile. */
    private boolean isJetStreamOf(String name) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", ports.nats()), CONNECT_MILLIS);
            socket.setSoTimeout(CONNECT_MILLIS);
            String greeting = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return greeting != null && greeting.contains(name) && greeting.contains("\"jetstream\":true");
        }
    }

    private List<String> java(Path java, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        // What they leave behind is removed with the folder.
        command.add("-Djava.io.tmpdir=" + children.folder());
        command.addAll(options);
        command.addAll(application());
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
        // The sandbox allows any number of calls, unless it is told otherwise.
        settings.put("FUSION_LIMITS_PAGERDUTY_CALLS", "1000000");
        settings.put("FUSION_LIMITS_PAGERDUTY_PER", "60s");
        // And storms are what is shown and measured.
        settings.put("FUSION_TRIGGERS_PER_MINUTE", "0");
        return settings;
    }
}
