package io.xtribe.fusionhub.lab.sandbox;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;

import io.xtribe.fusionhub.lab.sandbox.datadog.DatadogSimulator;
import io.xtribe.fusionhub.lab.sandbox.pagerduty.PagerDutySimulator;
import io.xtribe.fusionhub.lab.sandbox.servicenow.ServiceNowSimulator;
import io.xtribe.fusionhub.lab.sandbox.simulator.CallLog;
import io.xtribe.fusionhub.lab.sandbox.simulator.ControlApi;
import io.xtribe.fusionhub.lab.sandbox.simulator.Faults;
import io.xtribe.fusionhub.lab.sandbox.simulator.Operations;
import io.xtribe.fusionhub.lab.sandbox.simulator.RateLimits;
import io.xtribe.fusionhub.lab.sandbox.simulator.SandboxOptions;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;
import io.xtribe.fusionhub.lab.sandbox.simulator.Simulator;
import io.xtribe.fusionhub.lab.sandbox.simulator.WebhookSender;
import io.xtribe.fusionhub.lab.sandbox.simulator.Workshop;

/**
 * Simulates Datadog, ServiceNow and PagerDuty on one port, for demos, tests and safe route editing. All state is in
 * memory and belongs to one event loop. Of a hub it has only the URL of the webhook endpoint.
 */
public final class Sandbox implements AutoCloseable {
    private static final long START_AND_STOP_SECONDS = 10;
    private static final long LARGEST_BODY = 10_485_760;

    private final Vertx vertx;
    private final SandboxOptions options;
    private int port;

    private Sandbox(SandboxOptions options) {
        this.options = options;
        // One event loop: every request, timer and webhook answer runs on it, so state needs no lock.
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(2)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * Starts a sandbox and returns when it listens.
     *
     * @throws IllegalStateException when it cannot listen, for example because the port is taken
     */
    public static Sandbox start(SandboxOptions options) {
        Sandbox sandbox = new Sandbox(options);
        try {
            sandbox.listen();
            return sandbox;
        } catch (ExecutionException | TimeoutException e) {
            sandbox.close();
            var reason =
                    e.getCause() == null ? "no answer in time" : e.getCause().getMessage();
            throw new IllegalStateException(
                    "The sandbox cannot listen on " + options.host() + ":" + options.port() + " (" + reason + "): stop"
                            + " what listens there, another sandbox perhaps (Linux: ss -ltnp 'sport = :"
                            + options.port() + "'), or give it another port with --port",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            sandbox.close();
            throw new IllegalStateException("Interrupted while the sandbox started", e);
        }
    }

    private void listen() throws ExecutionException, InterruptedException, TimeoutException {
        HttpServerOptions server = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setTcpNoDelay(true)
                .setMaxInitialLineLength(64 * 1024);
        HttpServer listening = vertx.createHttpServer(server)
                .requestHandler(router())
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(START_AND_STOP_SECONDS, TimeUnit.SECONDS);
        port = listening.actualPort();
    }

    private Router router() {
        Settings settings = new Settings(options);
        Faults faults = new Faults();
        RateLimits limits = new RateLimits(settings);
        CallLog calls = new CallLog();
        WebhookSender webhooks = new WebhookSender(vertx, settings);
        Workshop workshop = new Workshop(settings, webhooks, this::publicUrl);
        List<Simulator> simulators = List.of(
                new DatadogSimulator(workshop), new ServiceNowSimulator(workshop), new PagerDutySimulator(workshop));
        Router router = Router.router(vertx);
        router.route().handler(BodyHandler.create(false).setBodyLimit(LARGEST_BODY));
        router.get("/").handler(context -> HomePage.answer(context, simulators));
        Router control = Router.router(vertx);
        new ControlApi(settings, faults, limits, calls, webhooks, simulators).mount(control);
        router.route("/control/*").subRouter(control);
        for (Simulator simulator : simulators) {
            Router platform = Router.router(vertx);
            simulator.pages(platform);
            Operations operations = new Operations(vertx, platform, simulator, settings, faults, limits, calls);
            simulator.operations(operations);
            operations.otherwise(exchange -> simulator.error(exchange.target(), 404, null));
            router.route("/" + simulator.platform().key() + "/*").subRouter(platform);
        }
        return router;
    }

    public int port() {
        return port;
    }

    /** The address to call, without a slash at its end. */
    public String url() {
        boolean any = options.host().equals("0.0.0.0") || options.host().equals("::");
        return "http://" + (any ? "localhost" : options.host()) + ":" + port;
    }

    private String publicUrl() {
        return options.publicUrl() == null ? url() : options.publicUrl().replaceFirst("/+$", "");
    }

    /** Stops listening, drops what is under way and forgets everything. */
    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(START_AND_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The sandbox did not stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
