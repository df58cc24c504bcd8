package io.xtribe.fusionhub.intake;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.apache.camel.CamelContext;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.http.OutOfMemoryExit;
import io.xtribe.fusionhub.http.RequestGuard;
import io.xtribe.fusionhub.intake.WebhookRefusals.Reason;
import io.xtribe.fusionhub.signal.RareLog;
import io.xtribe.fusionhub.signal.WebhookAuthentication.Claim;

/**
 * Handles webhooks before the route, which gets authentic and complete ones only. A request without the right token and
 * without a signature is refused by its headers alone; the bodies of all others are read within the {@link BodyBudget}.
 *
 * <p>The HTTP server listens before the routes have started and until after they have stopped. A webhook that comes while
 * they do not run is answered 503, so that its platform sends it again; after a 404 it would not.
 */
@ApplicationScoped
class WebhookGate {

    private static final Logger LOG = Logger.getLogger(WebhookGate.class);
    private static final String ROUTE = "webhooks-receive";
    private static final String PATH = "/webhooks/";
    private static final int BEFORE_ALL_OTHERS = Integer.MIN_VALUE;
    /** Bytes of bodies that are held at once: of all senders, and of the unproven senders of one address. */
    private static final long TOTAL = 16L * 1024 * 1024;

    private static final long SHARE = TOTAL / 4;
    /** Signatures that are checked at once; the others wait for their turn. */
    private static final int CHECKS = 2;

    private final CamelContext camel;
    /** Made when the first webhook comes: this class is made before the configuration is checked. */
    private final Instance<WebhookEndpoint> endpoint;

    private final WebhookRefusals refusals;
    private final WorkerExecutor checks;
    private final RareLog failedOutside = new RareLog(LOG);
    private final BodyBudget budget = new BodyBudget(TOTAL, SHARE);

    WebhookGate(
            CamelContext camel,
            Instance<WebhookEndpoint> endpoint,
            WebhookRefusals refusals,
            Vertx vertx,
            MeterRegistry metrics) {
        this.camel = camel;
        this.endpoint = endpoint;
        this.refusals = refusals;
        this.checks = vertx.createSharedWorkerExecutor("webhook-signatures", CHECKS);
        Gauge.builder("fusion.webhooks.body.bytes", budget, BodyBudget::held).register(metrics);
    }

    void register(@Observes Router router) {
        router.post("/webhooks/*")
                .order(BEFORE_ALL_OTHERS)
                .handler(this::receive)
                .failureHandler(this::failed);
    }

    /** Answers a failure in this handler, or one that the route did not handle itself. */
    private void failed(RoutingContext context) {
        OutOfMemoryExit.check(context.failure());
        LOG.debug("A webhook failed outside of its route", context.failure());
        failedOutside.error("A webhook failed outside of its route: " + FailureWords.of(context.failure()));
        refusals.count(source(context.request()), Reason.NOT_STORED);
        refuse(context, 503, WebhookEndpoint.NOT_STORED);
    }

    private void receive(RoutingContext context) {
        var request = context.request();
        var source = source(request);
        if (!isOpen()) {
            refusals.count(source, Reason.NOT_READY);
            refuse(context, 503, "the hub is starting or stopping, send it again");
            return;
        }
        var authentication = endpoint.get().authentication(source);
        if (authentication.isEmpty()) {
            refusals.count(source, Reason.UNKNOWN_SOURCE);
            refuse(context, 404, WebhookEndpoint.UNKNOWN_SOURCE);
            return;
        }
        var claim = authentication.get().claim(name -> header(request, name));
        if (claim == Claim.NONE) {
            refusals.unauthenticated(source, address(request));
            refuse(context, 401, WebhookEndpoint.UNAUTHENTICATED);
            return;
        }
        if (WebhookEndpoint.isOversized(length(request))) {
            refusals.count(source, Reason.TOO_LARGE);
            refuse(context, 413, WebhookEndpoint.OVERSIZED);
            return;
        }
        if (claim == Claim.PROVEN) {
            RequestGuard.of(request).trust();
        }
        read(context, source, claim == Claim.PROVEN);
    }

    private void read(RoutingContext context, String source, boolean proven) {
        new WebhookBody(context, budget, proven) {
            @Override
            void complete() {
                // Signatures are over the bytes as they came: Camel would parse the body of a form.
                context.request().headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
                if (proven) {
                    context.next();
                } else {
                    check(context, source, this);
                }
            }

            @Override
            void tooLarge() {
                refusals.count(source, Reason.TOO_LARGE);
                refuse(context, 413, WebhookEndpoint.OVERSIZED);
            }

            @Override
            void noRoom() {
                refusals.count(source, Reason.BUSY);
                refuse(context, 503, "too much is under way, send it again");
            }

            @Override
            void incomplete() {
                refusals.count(source, Reason.INCOMPLETE);
            }
        }.read();
    }

    private void check(RoutingContext context, String source, WebhookBody body) {
        var request = context.request();
        checks.<Boolean>executeBlocking(
                        () -> {
                            var bytes = body.kept();
                            return bytes == null
                                    ? null
                                    : endpoint.get().isAuthentic(source, name -> header(request, name), bytes);
                        },
                        false)
                .onComplete(check -> {
                    if (check.failed()) {
                        context.fail(check.cause());
                    } else if (Boolean.TRUE.equals(check.result())) {
                        context.next();
                    } else if (check.result() != null) {
                        body.release();
                        refusals.unauthenticated(source, address(request));
                        refuse(context, 401, WebhookEndpoint.UNAUTHENTICATED);
                    }
                });
    }

    /** The last part of the path, exactly as it was sent; all of the path where it is another one. */
    private static String source(HttpServerRequest request) {
        var path = request.path();
        return path.startsWith(PATH) ? path.substring(PATH.length()) : path;
    }

    /** A header that came several times as one value, as {@link WebhookEndpoint} reads it; null where there is none. */
    private static String header(HttpServerRequest request, String name) {
        var values = request.headers().getAll(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private static String address(HttpServerRequest request) {
        var address = request.remoteAddress();
        return address == null ? "unknown" : address.hostAddress();
    }

    private static long length(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }

    /**
     * Answers, then reads the rest of the body and drops it: a sender whose connection is closed while it writes may not
     * be able to read the answer. {@link RequestGuard} bounds how long and how much is read. A sender that waits for {@code 100 Continue}
     * has not begun its body: its connection is closed after the answer.
     */
    private static void refuse(RoutingContext context, int status, String reason) {
        var request = context.request();
        var response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, WebhookEndpoint.RETRY_AFTER_SECONDS);
        }
        response.setStatusCode(status);
        if (!request.isEnded()) {
            request.handler(dropped -> {}).resume();
        }
        if (WebhookBody.expectsContinue(request)) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.end(reason);
            RequestGuard.of(request).closeAfterAnswer();
        } else {
            response.end(reason);
        }
    }

    private boolean isOpen() {
        var status = camel.getRouteController().getRouteStatus(ROUTE);
        return status != null && status.isStarted();
    }
}
