package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nats.client.Nats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.xtribe.fusionhub.lab.local.Children;
import io.xtribe.fusionhub.lab.local.Installation;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.Screen;
import io.xtribe.fusionhub.lab.local.Services;
import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.nats.Names;

/**
 * Makes the {@link AotCache}: a hub lives through some triggers and is stopped. It has a NATS server, a sandbox and ports of
 * its own, so that it may run beside a hub that works; of several only one makes it.
 */
@Command(name = "aot-cache", hidden = true, description = "Makes what a hub on JDK 25 or later starts from.")
public final class AotCommand implements Callable<Integer> {

    private static final int TRIGGERS = 400;
    private static final Duration INTERVAL = Duration.ofMillis(25);
    /** At the lowest priority each step may take long. */
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** A hub that starts has the processors for itself. */
    private static final Duration FIRST_THE_HUB = Duration.ofSeconds(15);
    /** Memory may be short beside a hub: none of the processes gets a larger heap than bin/fusion gives a hub. */
    private static final List<String> HEAP = List.of("-Xmx208m");

    @Option(names = "--jdk", description = "For which Java. Default: the one that runs this")
    Integer jdk;

    @Option(
            names = "--beside",
            paramLabel = "<process>",
            description = "Make it beside this process of a hub, and end when that ends")
    Long beside;

    @Override
    public Integer call() {
        var screen = new Screen(System.err);
        try {
            var installation = Installation.find();
            var java = Jdks.java(jdk);
            var cache = new AotCache(installation, java);
            try (var channel = FileChannel.open(cache.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                if (lock == null) {
                    screen.say("Another process is making it.");
                    return 0;
                }
                return cache.isFresh() || attempt(screen, installation, java, cache) ? 0 : 1;
            }
        } catch (LocalFailure | IOException e) {
            screen.say(e.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            return 1;
        }
    }

    /** Until it has succeeded it counts as failed: a machine that kills it for its memory is not asked again. */
    private boolean attempt(Screen screen, Installation installation, Path java, AotCache cache)
            throws IOException, InterruptedException, LocalFailure {
        var home = java.getParent().getParent();
        Files.write(
                cache.failure(),
                List.of(home.toString(), Long.toString(ProcessHandle.current().pid())));
        var forget = new Thread(() -> forget(cache), "aot-forget");
        Runtime.getRuntime().addShutdownHook(forget);
        var made = false;
        try (var children = new Children(screen)) {
            children.endWithThisProcess();
            if (beside != null) {
                letStart(beside);
            }
            made = train(screen, children, installation, java, cache);
            return made;
        } finally {
            decide(cache, home, made, forget);
        }
    }

    /** Keeps the outcome of the attempt. A stop by a signal is no failure; {@link #forget} runs then. */
    private static void decide(AotCache cache, Path home, boolean made, Thread forget) throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(forget);
        } catch (IllegalStateException stopping) {
            return;
        }
        if (made) {
            Files.deleteIfExists(cache.failure());
        } else {
            Files.write(cache.failure(), List.of(home.toString(), "failed"));
        }
    }

    private static void forget(AotCache cache) {
        try {
            Files.deleteIfExists(cache.failure());
        } catch (IOException e) {
            System.err.println("Cannot remove " + cache.failure() + ": " + e.getMessage());
        }
    }

    /** Waits until the hub has started, and ends this process when the hub ends. */
    private static void letStart(long process) throws InterruptedException {
        var ended =
                ProcessHandle.of(process).map(ProcessHandle::onExit).orElse(CompletableFuture.completedFuture(null));
        ended.thenRun(() -> System.exit(1));
        try {
            ended.get(FIRST_THE_HUB.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException started) {
            // The hub still runs: now the processors are free.
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot wait for process " + process, e);
        }
    }

    private static boolean train(Screen screen, Children children, Installation installation, Path java, AotCache cache)
            throws IOException, InterruptedException, LocalFailure {
        var ports = LocalPorts.outOfTheWay();
        var web = new Web();
        var logs = installation.logs("aot", children.folder());
        var services = new Services(installation, ports, children, screen, logs, LIMIT);
        services.nats();
        services.sandbox(HEAP);
        var launch = new ArrayList<>(HEAP);
        launch.addAll(cache.training());
        var trainee = services.hubBy(java, launch, Map.of());
        var nats = Nats.connect(ports.natsUrl());
        var hub = new Hub(trainee, Duration.ZERO, web, ports, nats);
        new Gun(nats, Names.signals("datadog"))
                .fire(TRIGGERS, INTERVAL, number -> Alert.triggered("aot-" + number, "P" + (1 + number % 4)));
        hub.awaitLinked(TRIGGERS / 2, LIMIT);
        nats.close();
        children.stop(trainee, AotCache.assembly());
        return cache.finish();
    }
}
