package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nats.client.Connection;
import io.nats.client.Nats;

import io.xtribe.fusionhub.lab.local.Child;
import io.xtribe.fusionhub.lab.local.Children;
import io.xtribe.fusionhub.lab.local.Installation;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.SandboxControl;
import io.xtribe.fusionhub.lab.local.Screen;
import io.xtribe.fusionhub.lab.local.Services;
import io.xtribe.fusionhub.lab.local.Web;

/** The processes that a benchmark needs, and its hands on them. */
final class Bench {
    /** A poll would add calls to those that are counted. */
    private static final Map<String, String> WITHOUT_POLLS =
            Map.of("FUSION_DATADOG_POLL", "0", "FUSION_SERVICENOW_POLL", "0", "FUSION_PAGERDUTY_POLL", "0");

    /** What the APIs of the sandbox do not tell. */
    private static final Map<String, String> WHO_SPEAKS =
            Map.of("FUSION_DATADOG_ORG_ID", "1200000001", "FUSION_SERVICENOW_INSTANCE", "sandbox");

    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);

    private final Installation installation;
    private final Path java;
    private final LocalPorts ports;
    private final Children children;
    private final Screen screen;
    private final BenchCommand.Load load;
    private final boolean profile;
    private final Web web = new Web(LONGEST_CALL);
    private final Services services;
    private final SandboxControl sandbox;
    private final AotCache cache;
    private Connection nats;

    Bench(
            Installation installation,
            Path java,
            LocalPorts ports,
            Children children,
            Screen screen,
            BenchCommand.Load load,
            boolean profile)
            throws IOException {
        this.installation = installation;
        this.java = java;
        this.ports = ports;
        this.children = children;
        this.screen = screen;
        this.load = load;
        this.profile = profile;
        this.services =
                new Services(installation, ports, children, screen, installation.logs("bench", children.folder()));
        this.sandbox = new SandboxControl(web, ports.sandboxUrl());
        this.cache = new AotCache(installation, java);
    }

    BenchCommand.Load load() {
        return load;
    }

    Screen screen() {
        return screen;
    }

    SandboxControl sandbox() {
        return sandbox;
    }

    Connection nats() {
        return nats;
    }

    Children children() {
        return children;
    }

    /** What the figures are of. */
    String machine() throws IOException {
        return "hub on JDK " + Jdks.version(java.getParent().getParent()) + (startsFromCache() ? " with AOT cache" : "")
                + ", -Xmx" + load.heap + ", "
                + Runtime.getRuntime().availableProcessors() + " processors, " + natsVersion() + ", API latency "
                + load.latency + " ms";
    }

    private String natsVersion() {
        try {
            var process = new ProcessBuilder(installation.natsServer().toString(), "--version").start();
            return new String(process.getInputStream().readAllBytes()).strip().replace(": v", " ");
        } catch (IOException e) {
            return "nats-server";
        }
    }

    /** NATS and the sandbox, which all measurements share. */
    void startSurroundings() throws IOException, InterruptedException, LocalFailure {
        services.nats();
        services.sandbox(List.of("-Xmx2g"));
        nats = Nats.connect(ports.natsUrl());
        quiet();
    }

    /** A sandbox as new, with the latency wanted and without webhooks unless they were asked for. */
    void quiet() throws IOException, InterruptedException {
        sandbox.reset();
        sandbox.settings(
                "{\"latencyMs\":{\"datadog\":%1$d,\"servicenow\":%1$d,\"pagerduty\":%1$d}}".formatted(load.latency));
        if (!load.webhooks) {
            sandbox.settings(
                    "{\"webhooks\":{\"enabled\":{\"datadog\":false,\"servicenow\":false,\"pagerduty\":false}}}");
        }
    }

    /** A hub that is ready; {@code name} names its recording when profiling was asked for. */
    Hub startHub(String name) throws IOException, InterruptedException, LocalFailure {
        var options = new ArrayList<String>();
        options.addAll(List.of("-XX:+UseSerialGC", "-Xms48m", "-Xmx" + load.heap));
        if (profile) {
            var recording = services.logs().resolve(name + ".jfr");
            Files.deleteIfExists(recording);
            options.add("-XX:StartFlightRecording=settings=profile,dumponexit=true,filename=" + recording);
            // "off" for all its tags would make the recorder write each of its own events as text.
            options.add("-Xlog:jfr+startup=warning");
        }
        var began = System.nanoTime();
        var child = startsFromCache() ? cached(options) : services.hub(java, options, WITHOUT_POLLS);
        var ready = Duration.ofNanos(System.nanoTime() - began);
        return new Hub(child, ready, web, ports, nats);
    }

    /** Lets go of NATS, which would else be waited for once it is stopped. */
    void end() throws InterruptedException {
        if (nats != null) {
            nats.close();
        }
    }

    private boolean startsFromCache() throws IOException {
        return cache.isFresh();
    }

    private Child cached(List<String> options) throws IOException, InterruptedException, LocalFailure {
        var launch = new ArrayList<>(options);
        launch.add("@" + cache.arguments());
        return services.hubBy(java, launch, WITHOUT_POLLS);
    }

    void stop(Hub hub, String name) throws IOException {
        children.stop(hub.child());
        if (profile) {
            var recording = services.logs().resolve(name + ".jfr");
            screen.say("Recording: " + recording);
            new HotMethods(recording).top().forEach(screen::say);
        }
    }

    /** A batch job beside the hub, under way, as {@code bin/fusion job} starts it. */
    Child startJob(String... arguments) throws IOException, InterruptedException {
        var launch = new ArrayList<>(List.of("-XX:+UseSerialGC", "-Xms48m", "-XX:MaxNewSize=96m", "-Xmx448m"));
        launch.addAll(startsFromCache() ? List.of("@" + cache.arguments()) : services.application());
        return services.jobBy(java, launch, WHO_SPEAKS, arguments);
    }

    /** The plain Java that the hub is compared with, once it takes triggers. */
    Child startFloor(int calls) throws IOException, InterruptedException, LocalFailure {
        var child = services.command(
                "floor",
                java,
                List.of("-Xmx" + load.heap),
                "bench-floor",
                "--nats",
                ports.natsUrl(),
                "--sandbox",
                ports.sandboxUrl(),
                "--calls",
                Integer.toString(calls));
        Floor.await(nats, children);
        return child;
    }
}
