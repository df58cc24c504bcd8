package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import io.xtribe.fusionhub.lab.local.Children;
import io.xtribe.fusionhub.lab.local.Installation;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.Screen;
import io.xtribe.fusionhub.lab.local.Services;
import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;

/** Runs everything on this machine and shows it: NATS, the sandbox and the hub, each as a process of its own. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Runs NATS, the sandbox and the hub, opens incidents and prints their links.")
public final class DemoCommand implements Callable<Integer> {
    // A demo runs for a minute or two: starting fast counts more than running fast.
    private static final String FAST_START = "-XX:TieredStopAtLevel=1";

    @Option(
            names = "--once",
            description = "End after checking all links: 0 when all are there, else 1. Default: stay up until Ctrl-C")
    boolean once;

    @Option(
            names = "--nats-port",
            defaultValue = "4222",
            description = "Default: ${DEFAULT-VALUE}; a port that is taken is replaced by a free one")
    int natsPort;

    @Option(
            names = "--sandbox-port",
            defaultValue = "" + SandboxOptions.DEFAULT_PORT,
            description = "Default: ${DEFAULT-VALUE}")
    int sandboxPort;

    @Option(names = "--hub-port", defaultValue = "8080", description = "Default: ${DEFAULT-VALUE}")
    int hubPort;

    @Option(names = "--management-port", defaultValue = "9000", description = "Default: ${DEFAULT-VALUE}")
    int managementPort;

    private final Screen screen = new Screen(System.out);

    @Override
    public Integer call() {
        try {
            Installation installation = Installation.find();
            try (Children children = new Children(screen)) {
                children.endWithThisProcess();
                return run(installation, children) ? 0 : 1;
            }
        } catch (LocalFailure | IOException e) {
            screen.say("");
            screen.say(e instanceof LocalFailure ? e.getMessage() : "The demo failed: " + e);
            return 1;
        } catch (InterruptedException stopped) {
            return 1;
        }
    }

    private boolean run(Installation installation, Children children)
            throws IOException, InterruptedException, LocalFailure {
        screen.say("xTribe Fusion Hub: one incident, three platforms");
        screen.say("");
        LocalPorts ports = LocalPorts.choose(new LocalPorts(natsPort, sandboxPort, hubPort, managementPort), screen);
        Web web = new Web();
        Services services =
                new Services(installation, ports, children, screen, installation.logs("demo", children.folder()));
        services.nats();
        services.sandbox(List.of("-Xmx128m", FAST_START));
        DemoAccess access = new DemoAccess(children.folder());
        services.hub(installation.java(), List.of("-Xmx256m", FAST_START), access.settings());
        screen.say("Its page: " + ports.hubUrl() + "/, log in as " + DemoAccess.USER + " with " + access.password()
                + " (made up for this demo)");
        Demo demo = new Demo(screen, children, ports, web, access.token());
        List<String> missing = demo.play();
        summarise(missing, services);
        if (!once) {
            suggest(
                    new TryNext(
                            ports,
                            access.token(),
                            demo.incidents().isEmpty() ? "" : demo.incidents().get(0)),
                    services);
            children.awaitEnd();
        }
        screen.say("");
        return missing.isEmpty();
    }

    private void summarise(List<String> missing, Services services) {
        if (missing.isEmpty()) {
            screen.say("All links are there: read back from each platform, and each opens its page.");
        } else {
            screen.say("Not everything is as it should be:");
            missing.forEach(one -> screen.say("  - " + one));
            screen.say("The logs are in " + services.logs() + ".");
        }
    }

    private void suggest(TryNext next, Services services) {
        screen.say("");
        screen.say("Try next, in another terminal:");
        for (TryNext.Suggestion suggestion : next.suggestions()) {
            screen.say("");
            screen.say("  # " + suggestion.purpose());
            screen.say("  " + suggestion.command());
        }
        screen.say("");
        screen.say("The logs are in " + services.logs() + ". Ctrl-C stops everything.");
    }
}
