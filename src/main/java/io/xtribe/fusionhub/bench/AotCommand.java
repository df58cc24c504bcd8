package io.xtribe.fusionhub.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

import io.nats.client.Nats;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.xtribe.fusionhub.local.Children;
import io.xtribe.fusionhub.local.Installation;
import io.xtribe.fusionhub.local.LocalFailure;
import io.xtribe.fusionhub.local.LocalPorts;
import io.xtribe.fusionhub.local.Screen;
import io.xtribe.fusionhub.local.Services;
import io.xtribe.fusionhub.local.Web;
import io.xtribe.fusionhub.nats.Names;

/** Makes the {@link AotCache}: a hub lives through some births and is stopped. */
@Command(name = "aot-cache", hidden = true, description = "Makes what a hub on JDK 25 or later starts from.")
public final class AotCommand implements Callable<Integer> {

    private static final int BIRTHS = 400;
    private static final Duration INTERVAL = Duration.ofMillis(25);
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Option(names = "--jdk", description = "For which Java. Default: the one that runs this")
    Integer jdk;

    @Override
    public Integer call() {
        var screen = new Screen(System.err);
        try (var children = new Children(screen)) {
            children.endWithThisProcess();
            return train(screen, children) ? 0 : 1;
        } catch (LocalFailure | IOException e) {
            screen.say(e.getMessage());
            return 1;
        } catch (InterruptedException stopped) {
            return 1;
        }
    }

    private boolean train(Screen screen, Children children) throws IOException, InterruptedException, LocalFailure {
        var installation = Installation.find();
        var java = Jdks.java(jdk);
        var cache = new AotCache(installation, java);
        var ports = LocalPorts.choose(new LocalPorts(4222, 9400, 8080, 9000), screen);
        var web = new Web();
        var logs = installation.logs("aot", children.folder());
        var services = new Services(installation, ports, children, screen, logs);
        services.nats();
        services.sandbox(List.of());
        var trainee = services.hubBy(java, cache.training(), Map.of());
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
