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
 * Makes the {@link AotCache}: a hub lives through some births and is stopped. It has a NATS server, a sandbox and ports of
 * its own, so that it may run beside a hub that works; of several only one makes it.
 */
@Command(name = "aot-cache", hidden = true, description = "Makes what a hub on JDK 25 or later starts from.")
public final class AotCommand implements Callable<Integer> {

    private static final int BIRTHS = 400;
    private static final Duration INTERVAL = Duration.ofMillis(25);
    /** At the lowest priority each step may take long. */
    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** A hub that starts has the processors for itself. */
    private static final Duration FIRST_THE_HUB = Duration.ofSeconds(15);
    /** It may be running where memory is short, and must not take more than a hub does. */
    private static final List<String> HEAP = List.of("-Xmx256m");

    @Option(names = "--jdk", description = "For which Java. Default: the one that runs this")
    Integer jdk;

    @Option(
            names = "--beside",
            paramLabel = "<process>",
            description = "Make it beside this process of a hub, and end when that ends")
    Long beside;

    /** Whether the attempt has come to an end, so that what it left behind is to stay. */
    private volatile boolean decided;

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
        try (var children = new Children(screen)) {
            children.endWithThisProcess();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> forgetUnlessDecided(cache), "aot-forget"));
            if (beside != null) {
                endWith(beside);
                Thread.sleep(FIRST_THE_HUB.toMillis());
            }
            var made = train(screen, children, installation, java, cache);
            if (made) {
                Files.deleteIfExists(cache.failure());
            } else {
                Files.write(cache.failure(), List.of(home.toString(), "failed"));
            }
            decided = true;
            return made;
        } catch (LocalFailure | IOException e) {
            Files.write(cache.failure(), List.of(home.toString(), "failed"));
            decided = true;
            throw e;
        }
    }

    /** Being told to stop is no failure. */
    private void forgetUnlessDecided(AotCache cache) {
        if (!decided) {
            try {
                Files.deleteIfExists(cache.failure());
            } catch (IOException e) {
                System.err.println("Cannot remove " + cache.failure() + ": " + e.getMessage());
            }
        }
    }

    private static void endWith(long process) {
        ProcessHandle.of(process)
                .ifPresentOrElse(hub -> hub.onExit().thenRun(() -> System.exit(1)), () -> System.exit(1));
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
                .fire(BIRTHS, INTERVAL, number -> Alert.triggered("aot-" + number, "P" + (1 + number % 4)));
        hub.awaitLinked(BIRTHS / 2, LIMIT);
        nats.close();
        children.stop(trainee, AotCache.assembly());
        return cache.finish();
    }
}
