package io.xtribe.fusionhub.console.hawtio;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jolokia.server.core.request.BadRequestException;
import org.jolokia.server.core.request.EmptyResponseException;

import io.xtribe.fusionhub.access.Logout;
import io.xtribe.fusionhub.http.ShortBodies;

/**
 * Serves Hawtio below {@code /hawtio/}: its static files, the few addresses that they ask for, and Jolokia. In front of all of it stands
 * who is asking. Nothing of it is made before somebody asks. Why so: docs/adr/0040.
 */
@ApplicationScoped
class HawtioConsole {

    static final String ROOT = "/hawtio";
    static final String JOLOKIA = ROOT + "/jolokia";

    private static final Logger LOG = Logger.getLogger(HawtioConsole.class);
    private static final String ALL = "/hawtio(?:/.*)?";
    private static final int ORDER = 100;
    private static final String LOGOUT = "/auth/logout";
    private static final String JSON = "application/json";
    private static final String NO_STORE = "no-store";

    /** What the pages ask for, and the answer that lets them do without a login and connections of their own. */
    private static final Map<String, String> ANSWERS = Map.of(
            "/plugin", "[]",
            "/preset-connections", "[]",
            "/keycloak/enabled", "false",
            "/proxy/enabled", "false",
            "/refresh", "true",
            "/auth/config", "{}",
            "/auth/config/session-timeout", "{\"timeout\":-1}");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
                    + "font-src 'self' data:; img-src 'self' data:; worker-src 'self' blob:; "
                    + "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin");

    /** Both make a browser ask before it sends them to another origin, which is never granted. */
    private static final Set<String> JSON_TYPES = Set.of(JSON, "text/json");

    private final Logout logout;
    private final JolokiaBridge jolokia;

    HawtioConsole(Logout logout, JolokiaBridge jolokia) {
        this.logout = logout;
        this.jolokia = jolokia;
    }

    void register(@Observes Router router) {
        router.routeWithRegex(ALL).order(ORDER).handler(this::letIn);
        router.postWithRegex("/hawtio/jolokia/?")
                .order(ORDER + 1)
                .handler(BodyHandler.create(false).setBodyLimit(ShortBodies.LIMIT))
                .handler(this::ask);
        router.getWithRegex(ALL).order(ORDER + 2).handler(this::get);
        router.routeWithRegex(ALL)
                .order(ORDER + 3)
                .handler(context -> refuse(context, 404, "there is no such address"));
    }

    /** Who asks is an operator: the permissions of the configuration see to that. */
    private void letIn(RoutingContext context) {
        HEADERS.forEach(context.response()::putHeader);
        if (path(context).equals(LOGOUT)) {
            logout.end(context);
            redirect(context, Logout.LOGIN);
        } else if (context.request().method() == HttpMethod.POST && !JSON_TYPES.contains(type(context.request()))) {
            refuse(context, 403, "a request to Jolokia is JSON, and says so");
        } else {
            context.next();
        }
    }

    private static String type(HttpServerRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private void ask(RoutingContext context) {
        var length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || Long.parseLong(length.strip()) > ShortBodies.LIMIT) {
            // It was not read, or not to its end.
            refuse(context, 413, "a request has a Content-Length, of at most " + ShortBodies.LIMIT);
            return;
        }
        var body = context.body().buffer();
        var bytes = body == null ? new byte[0] : body.getBytes();
        if (JolokiaBridge.isForeign(bytes)) {
            refuse(context, 403, "this is not to be asked for here: docs/hawtio.md");
            return;
        }
        var visitor = Visitor.of(context);
        answer(context, () -> jolokia.answer(bytes, context.queryParams(), visitor));
    }

    private void get(RoutingContext context) {
        var path = path(context);
        if (path.isEmpty()) {
            redirect(context, ROOT + "/");
        } else if (ANSWERS.containsKey(path)) {
            json(context, ANSWERS.get(path));
        } else if (path.equals("/user")) {
            json(context, Json.encode(Visitor.of(context).name()));
        } else if (path.equals("/jolokia") || path.equals("/jolokia/")) {
            answer(context, jolokia::version);
        } else if (isApi(path)) {
            refuse(context, 404, "there is no such address");
        } else {
            file(context, isPage(context) ? HawtioFiles.INDEX : path.substring(1));
        }
    }

    private static void file(RoutingContext context, String path) {
        var encodings = context.request().getHeader(HttpHeaders.ACCEPT_ENCODING);
        var mayCompress = encodings != null && encodings.contains("gzip");
        context.vertx()
                .executeBlocking(() -> HawtioFiles.find(path, mayCompress), false)
                .onComplete(found -> {
                    if (found.failed()) {
                        context.fail(found.cause());
                    } else if (found.result().isEmpty()) {
                        refuse(context, 404, "there is no such file");
                    } else {
                        send(context, found.result().get());
                    }
                });
    }

    private static void send(RoutingContext context, HawtioFiles.File file) {
        var response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
                .putHeader(HttpHeaders.CACHE_CONTROL, file.caching())
                .putHeader(HttpHeaders.VARY, "Accept-Encoding");
        if (file.isCompressed()) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        response.end(Buffer.buffer(file.content()));
    }

    /** On a thread that may wait: to stop a route takes its time. */
    private static void answer(RoutingContext context, Callable<String> request) {
        context.vertx().executeBlocking(request, false).onComplete(done -> {
            if (done.succeeded()) {
                json(context, done.result());
            } else if (done.cause() instanceof BadRequestException bad) {
                refuse(context, 400, bad.getMessage());
            } else if (done.cause() instanceof EmptyResponseException) {
                context.response().setStatusCode(204).end();
            } else {
                LOG.warn("A request of Hawtio failed", done.cause());
                refuse(context, 500, "the request failed, the log says why");
            }
        });
    }

    private static void json(RoutingContext context, String json) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .end(json);
    }

    private static void redirect(RoutingContext context, String to) {
        context.response()
                .setStatusCode(302)
                .putHeader(HttpHeaders.LOCATION, to)
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .end();
    }

    private static void refuse(RoutingContext context, int status, String why) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, NO_STORE)
                .end(why);
    }

    /** One of the addresses within Hawtio, such as {@code /hawtio/camel/routes}, all of which are the same page. */
    private static boolean isPage(RoutingContext context) {
        var path = path(context);
        var name = path.substring(path.lastIndexOf('/') + 1);
        return (context.request().method() == HttpMethod.GET
                        || context.request().method() == HttpMethod.HEAD)
                && !isApi(path)
                && (!name.contains(".") || name.equals(HawtioFiles.INDEX));
    }

    private static boolean isApi(String path) {
        return path.equals("/user")
                || path.equals("/jolokia")
                || path.startsWith("/jolokia/")
                || path.startsWith("/auth/")
                || ANSWERS.containsKey(path);
    }

    /** Below {@code /hawtio}. */
    private static String path(RoutingContext context) {
        return context.normalizedPath().substring(ROOT.length());
    }
}
