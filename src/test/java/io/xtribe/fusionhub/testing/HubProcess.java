package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import org.awaitility.core.ConditionTimeoutException;

import static org.awaitility.Awaitility.await;

/**
 * The built application as its own process, on random loopback ports, which a test may kill and start again. Needs
 * {@code ./mvnw package} first; runs on {@code -Dfusion.test.java.home} where set, else on the JVM of the test. It starts
 * from a {@link HubArchive}; an application given by its jar starts as {@code java -jar}.
 */
public final class HubProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Path LOGS = Path.of("target", "it-logs");
    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final List<String> PLATFORMS = List.of("datadog", "servicenow", "pagerduty");
    private static final Map<String, String> SANDBOX_ACCESS = Map.of(
            "FUSION_DATADOG_API_KEY", "sandbox-api-key",
            "FUSION_DATADOG_APP_KEY", "sandbox-app-key",
            "FUSION_DATADOG_PROJECT_ID", "d4bbe1af-f36e-42f1-87c1-493ca35c320e",
            "FUSION_SERVICENOW_USERNAME", "fusion",
            "FUSION_SERVICENOW_PASSWORD", "sandbox-password",
            // The second one is that of the recorded webhooks.
            "FUSION_SERVICENOW_INSTANCE", "sandbox,dev00000",
            "FUSION_PAGERDUTY_TOKEN", "sandbox-token",
            "FUSION_PAGERDUTY_FROM", "fusion@sandbox.example",
            "FUSION_PAGERDUTY_SERVICE_ID", "PSANDBOX1");
    /** What lets a hub in at the sandbox, and must never be shown. */
    public static final List<String> SANDBOX_SECRETS = List.of(
            SANDBOX_ACCESS.get("FUSION_DATADOG_API_KEY"),
            SANDBOX_ACCESS.get("FUSION_DATADOG_APP_KEY"),
            SANDBOX_ACCESS.get("FUSION_SERVICENOW_PASSWORD"),
            SANDBOX_ACCESS.get("FUSION_PAGERDUTY_TOKEN"));

    private static final Map<String, AtomicInteger> STARTS = new ConcurrentHashMap<>();

    private final Builder settings;
    private final int httpPort = Ports.free();
    private final int managementPort = Ports.free();
    private final int jmxPort;
    private ChildProcess process;

    private HubProcess(Builder settings) {
        this.settings = settings;
        this.jmxPort = settings.jmx ? Ports.free() : 0;
    }

    /** The name of the test, which names the logs: {@code target/it-logs/<test>-<n>.log}. */
    public static Builder builder(String test) {
        return new Builder(test);
    }

    /** Starts the process, again after {@link #kill()} or {@link #terminate()}: same ports, same settings, new log. */
    public HubProcess start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("The hub runs already, as process " + process.pid());
        }
        if (!Files.exists(settings.jar)) {
            throw new IllegalStateException(
                    "There is no " + settings.jar.toAbsolutePath() + ": run ./mvnw package first");
        }
        int number = STARTS.computeIfAbsent(settings.test, test -> new AtomicInteger())
                .incrementAndGet();
        process = ChildProcess.start(command(), environment(), LOGS.resolve(settings.test + "-" + number + ".log"));
        return this;
    }

    /** Waits until the hub is ready; fails with the end of its log when it dies first or takes too long. */
    public HubProcess awaitReady() {
        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(READY_LIMIT)
                    .until(() -> !process.isAlive() || readiness() == 200);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError(
                    "The hub was not ready within " + READY_LIMIT + ", last status " + readiness() + ", "
                            + probed("/q/health") + ". " + process.logTail(),
                    late);
        }
        if (!process.isAlive()) {
            throw new AssertionError("The hub ended with " + process.exitCode() + ". " + process.logTail());
        }
        return this;
    }

    /** The status of the readiness probe, 0 when nobody answers. */
    public int readiness() {
        return probe("/q/health/ready");
    }

    /** The status of the liveness probe, 0 when nobody answers. */
    public int liveness() {
        return probe("/q/health/live");
    }

    /** The whole health report, whatever its status. */
    public JsonNode health() {
        return Http.json(Http.get(managementUrl() + "/q/health").body());
    }

    public String metrics() {
        return expectOk(Http.send("GET", managementUrl() + "/q/metrics", new byte[0], Map.of("Accept", "text/plain")));
    }

    /** The sum of the samples of that name with all these labels ({@code name=value}); empty when there is none. */
    public OptionalDouble metric(String name, String... labels) {
        return PrometheusText.value(metrics(), name, labels);
    }

    public String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    public String managementUrl() {
        return "http://127.0.0.1:" + managementPort;
    }

    public String webhookUrl(String source) {
        return url() + "/webhooks/" + source;
    }

    /** Sends a webhook with exactly these headers and returns the status. */
    public int webhook(String source, String body, Map<String, String> headers) {
        return Webhooks.send(webhookUrl(source), body.getBytes(StandardCharsets.UTF_8), headers);
    }

    /** Sends a webhook authenticated as its platform would, with {@link Webhooks#secret}, and returns the status. */
    public int webhook(String source, String body) {
        return webhook(
                source, body, Webhooks.headers(source, Webhooks.secret(source), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** What the hub tells of each platform's availability. */
    public JsonNode platforms() {
        return Http.json(expectOk(Http.get(url() + "/api/platforms")));
    }

    public JsonNode incidents() {
        return Http.json(expectOk(Http.get(url() + "/api/incidents")));
    }

    /** What an operator called tester asks for by hand; the answer is JSON when it is 202, else text. */
    public HttpResponse<String> ask(String id, String verb, Map<String, ?> body) {
        return post("/api/incidents/" + id + "/" + verb, body);
    }

    /** The same of many at once: any address of the API that takes a JSON object. */
    public HttpResponse<String> post(String path, Map<String, ?> body) {
        return Http.send(
                "POST",
                url() + path,
                Http.bytes(body),
                Map.of("Content-Type", "application/json", "X-Fusion-User", "tester"));
    }

    /** What the storm brake holds. */
    public JsonNode held() {
        return Http.json(expectOk(Http.get(url() + "/api/triggers/held")));
    }

    public JsonNode incident(String id) {
        return Http.json(expectOk(Http.get(url() + "/api/incidents/" + id)));
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.kill();
    }

    /** SIGTERM; waits for the end and returns the exit code. A hub that does not end in time is a failure. */
    public int terminate() {
        if (!process.terminate(STOP_LIMIT)) {
            throw new AssertionError("The hub did not end within " + STOP_LIMIT + ". " + process.logTail());
        }
        return process.exitCode();
    }

    /** SIGTERM, without waiting for what comes of it. */
    public void askToStop() {
        process.signal("TERM");
    }

    /** Waits until the process ends by itself and returns the exit code. */
    public int awaitExit(Duration limit) {
        if (!process.endsWithin(limit)) {
            throw new AssertionError("Still running after " + limit + ". " + process.logTail());
        }
        return process.exitCode();
    }

    /** Stops the process in its tracks (SIGSTOP), as a long pause of the host would; its connections stay. */
    public void pause() {
        process.signal("STOP");
    }

    /** Ends {@link #pause()}. */
    public void unpause() {
        process.signal("CONT");
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** What the process of the last start has written so far. */
    public String log() {
        return process.log();
    }

    public void suspendRoute(String id) {
        routes().invoke(id, "suspend");
    }

    public void resumeRoute(String id) {
        routes().invoke(id, "resume");
    }

    public void stopRoute(String id) {
        routes().invoke(id, "stop");
    }

    public void startRoute(String id) {
        routes().invoke(id, "start");
    }

    /** Suspends all routes at once; those that cannot be suspended are stopped. */
    public void suspendContext() {
        routes().invokeContext("suspend");
    }

    public void resumeContext() {
        routes().invokeContext("resume");
    }

    /** The ids of all routes, whatever their state. */
    public Set<String> routeIds() {
        return routes().ids();
    }

    /** Camel's word for it, such as Started, Suspended or Stopped. */
    public String routeState(String id) {
        return routes().state(id);
    }

    /** Everything that JMX shows, as text. */
    public String jmxAttributes() {
        return routes().attributes();
    }

    @Override
    public void close() {
        if (process != null) {
            process.close();
        }
    }

    private RouteControl routes() {
        if (!settings.jmx) {
            throw new IllegalStateException("Routes are reached over JMX: build the hub withJmx()");
        }
        return new RouteControl(jmxPort);
    }

    /** What a probe says, or why it says nothing. */
    private String probed(String path) {
        try {
            return Http.exchange("GET", managementUrl() + path, new byte[0], Map.of())
                    .body();
        } catch (IOException nobody) {
            return "nobody answers";
        }
    }

    private int probe(String path) {
        try {
            return Http.exchange("GET", managementUrl() + path, new byte[0], Map.of())
                    .statusCode();
        } catch (IOException nobody) {
            return 0;
        }
    }

    private static String expectOk(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new AssertionError(response.uri() + " gave " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private List<String> command() {
        String javaHome = System.getProperty("fusion.test.java.home", System.getProperty("java.home"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(javaHome, "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:+ExitOnOutOfMemoryError");
        if (settings.jmx) {
            command.add("-Dcom.sun.management.jmxremote.port=" + jmxPort);
            command.add("-Dcom.sun.management.jmxremote.rmi.port=" + jmxPort);
            command.add("-Dcom.sun.management.jmxremote.host=127.0.0.1");
            command.add("-Djava.rmi.server.hostname=127.0.0.1");
            command.add("-Dcom.sun.management.jmxremote.authenticate=false");
            command.add("-Dcom.sun.management.jmxremote.ssl=false");
        }
        if (!settings.jmx && !settings.mbeans) {
            // A quarter of what a start costs, and most tests look at none.
            command.add("-Dcamel.main.jmx-enabled=false");
        }
        command.addAll(settings.jvmOptions);
        if (settings.launch != null) {
            command.addAll(settings.launch);
        } else if (settings.jar == JAR) {
            command.addAll(HubArchive.launch(Path.of(javaHome)));
        } else {
            command.add("-jar");
            command.add(settings.jar.toString());
        }
        command.addAll(settings.arguments);
        return command;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
        for (String source : PLATFORMS) {
            environment.put("FUSION_WEBHOOKS_" + source.toUpperCase(Locale.ROOT) + "_SECRET", Webhooks.secret(source));
            // Tests count calls: whoever wants polls asks for them.
            environment.put("FUSION_" + source.toUpperCase(Locale.ROOT) + "_POLL", "0");
        }
        // And signals on NATS: whoever wants heartbeats asks for them, too.
        environment.put("FUSION_HEARTBEAT", "0s");
        // Storms are sent on purpose.
        environment.put("FUSION_TRIGGERS_PER_MINUTE", "0");
        environment.putAll(settings.environment);
        return environment;
    }

    /** Collects what a hub is started with; unless said otherwise it serves. */
    public static final class Builder {
        private final String test;
        private final Map<String, String> environment = new HashMap<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private List<String> arguments = List.of("serve");
        private Path jar = JAR;
        private List<String> launch;
        private boolean jmx;
        private boolean mbeans;

        private Builder(String test) {
            this.test = test;
        }

        /** The server's URL, or that of a {@link NatsProxy} before it. */
        public Builder nats(String url) {
            return env("FUSION_NATS_URL", url);
        }

        /** Points all three platforms at the sandbox, with the credentials and ids that it knows unless told others. */
        public Builder sandbox(SandboxClient sandbox) {
            for (String platform : PLATFORMS) {
                env("FUSION_" + platform.toUpperCase(Locale.ROOT) + "_URL", sandbox.url(platform));
            }
            return sandboxAccess(Map.of("FUSION_DATADOG_APP_URL", sandbox.url("datadog")));
        }

        /** The sandbox's credentials and ids, and where the platforms are. */
        Builder sandboxAccess(Map<String, String> addresses) {
            environment.putAll(SANDBOX_ACCESS);
            environment.putAll(addresses);
            return this;
        }

        /** Instead of the archive and the application's class path. */
        Builder launch(List<String> options) {
            launch = options;
            return this;
        }

        /** Any configuration key as its environment variable; the last value counts, also over the harness's own. */
        public Builder env(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Builder jvmOption(String option) {
            jvmOptions.add(option);
            return this;
        }

        /** Another application than the one that was built: a {@link ChangedApplication}. */
        public Builder jar(Path other) {
            jar = other;
            return this;
        }

        /** Another command than {@code serve}. */
        public Builder arguments(String... arguments) {
            this.arguments = List.of(arguments);
            return this;
        }

        /** Camel's MBeans, for who looks at them inside the process, as Hawtio does. */
        public Builder withMBeans() {
            mbeans = true;
            return this;
        }

        /** Opens JMX on a loopback port, for the methods that steer routes. */
        public Builder withJmx() {
            jmx = true;
            return this;
        }

        public HubProcess start() {
            return new HubProcess(this).start();
        }
    }
}
