package io.xtribe.fusionhub.lab.sandbox.datadog;

import io.xtribe.fusionhub.lab.sandbox.simulator.Answer;
import io.xtribe.fusionhub.lab.sandbox.simulator.Json;
import io.xtribe.fusionhub.lab.sandbox.simulator.Refusal;

/** Datadog's three shapes of error bodies, as recorded by its own Java client (platforms/datadog.md, 2). */
final class DatadogErrors {
    static final String API = "application/vnd.api+json";

    private DatadogErrors() {}

    static Answer plain(int status, String text) {
        var body = Json.object();
        body.putArray("errors").add(text);
        return Answer.of(status, body);
    }

    static Refusal notFound(String what) {
        var body = Json.object();
        body.putArray("errors").addObject().put("code", "resource_not_found").put("title", what + " not found");
        return new Refusal(Answer.of(404, body).as(API));
    }

    static Refusal unknownCustomAttribute(String key) {
        var body = Json.object();
        body.putArray("errors")
                .addObject()
                .put("code", "resource_not_found")
                .put(
                        "title",
                        "failed to update batch: failed to apply command: failed to apply"
                                + " domain.UpdateCustomAttribute command: custom attribute configuration not found")
                .putObject("meta")
                .put("key", key);
        return new Refusal(Answer.of(404, body).as(API));
    }

    static Refusal generic(int status, String detail) {
        var body = Json.object();
        body.putArray("errors").addObject().put("title", "Generic Error").put("detail", detail);
        return new Refusal(Answer.of(status, body).as(API));
    }

    static Refusal badRequest(String detail) {
        var body = Json.object();
        body.putArray("errors")
                .addObject()
                .put("status", "400")
                .put("title", "Bad Request")
                .put("detail", detail);
        return new Refusal(Answer.of(400, body).as(API));
    }

    static Refusal text(int status, String text) {
        return new Refusal(plain(status, text));
    }

    /** In the form that the called endpoint uses. */
    static Answer of(String path, int status, String detail) {
        return hasObjects(path, status) ? titled(status, detail) : of(status, detail);
    }

    /**
     * Case endpoints are recorded to answer objects to what is wrong with a request, whatever their specification says;
     * the newer ones are also specified so, refused credentials included.
     */
    private static boolean hasObjects(String path, int status) {
        return switch (status) {
            case 400, 404 -> path.contains("/api/v2/cases");
            case 401, 403 -> path.endsWith("/relationships/incidents") || path.endsWith("/timelines");
            default -> false;
        };
    }

    private static Answer titled(int status, String detail) {
        var body = Json.object();
        var title = of(status, null).body().path("errors").path(0).asText();
        var error = body.putArray("errors")
                .addObject()
                .put("status", String.valueOf(status))
                .put("title", title);
        if (detail != null) {
            error.put("detail", detail);
        }
        return Answer.of(status, body).as(API);
    }

    private static Answer of(int status, String detail) {
        return switch (status) {
            case 400 -> plain(400, detail == null ? "Bad Request" : detail);
            case 401 -> plain(401, "Unauthorized");
            case 403 -> plain(403, "Forbidden");
            case 404 -> plain(404, detail == null ? "Not Found" : detail);
            case 429 -> plain(429, "Too many requests");
            case 503 -> plain(503, "Service Unavailable");
            default -> plain(status, detail == null ? "Internal error" : detail);
        };
    }
}
