package io.xtribe.fusionhub.lab.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;

/** Runs the sandbox as a process until it is interrupted; prints its address once it listens. */
@Command(
        name = "sandbox",
        mixinStandardHelpOptions = true,
        description = "Simulates Datadog, ServiceNow and PagerDuty on one port.")
public final class SandboxCommand implements Callable<Integer> {
    private static final int LARGEST_PORT = 65_535;

    @Option(
            names = "--port",
            defaultValue = "" + SandboxOptions.DEFAULT_PORT,
            description = "Port to listen on, 0 for a free one. Default: ${DEFAULT-VALUE}")
    int port;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on; the control API has no credentials. Default: ${DEFAULT-VALUE}")
    String host;

    @Option(names = "--public-url", description = "Base of the links that records show. Default: where it listens")
    String publicUrl;

    @Option(
            names = "--hub",
            description = "Base URL of the hub's webhooks, for example http://localhost:8080/webhooks. Default: none")
    String hub;

    @Option(
            names = "--webhook-secret",
            paramLabel = "<platform>=<secret>",
            description = "Webhook secret of one platform, repeatable. Default: sandbox-<platform>-secret")
    Map<String, String> secrets = new LinkedHashMap<>();

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (port < 0 || port > LARGEST_PORT) {
            throw new ParameterException(spec.commandLine(), "--port takes a number from 0 to " + LARGEST_PORT);
        }
        SandboxOptions options = SandboxOptions.defaults()
                .withHost(host)
                .withPort(port)
                .withPublicUrl(publicUrl)
                .withHub(hub);
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            Platform platform = Platform.of(secret.getKey())
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "--webhook-secret: no platform " + secret.getKey()
                                    + "; use datadog, servicenow or pagerduty"));
            options = options.withSecret(platform, secret.getValue());
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        Sandbox sandbox = Sandbox.start(options);
        // SIGTERM and SIGINT run the hooks; closing here frees the port even when the main thread never wakes again.
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            sandbox.close();
                            interrupted.countDown();
                        },
                        "sandbox-stop"));
        System.out.println("Sandbox listens on " + sandbox.url());
        interrupted.await();
        return 0;
    }
}
