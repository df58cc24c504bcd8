package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

/** One API call as a simulator sees it: its parameters and body, and what it adds to the call log. */
public final class Exchange {
    private final RoutingContext context;
    private final Call call;
    private final Runnable onCommit;
    private final Supplier<Answer> malformedBody;

    Exchange(RoutingContext context, Call call, Runnable onCommit, Supplier<Answer> malformedBody) {
        this.context = context;
        this.call = call;
        this.onCommit = onCommit;
        this.malformedBody = malformedBody;
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    /** The path that was called, with the platform's own prefix. */
    public String target() {
        return context.request().path();
    }

    /** The query parameter's first value, or null. */
    public String query(String name) {
        List<String> values = context.queryParam(name);
        return values.isEmpty() ? null : values.get(0);
    }

    public String query(String name, String otherwise) {
        String value = query(name);
        return value == null ? otherwise : value;
    }

    public List<String> queries(String name) {
        return context.queryParam(name);
    }

    public int number(String name, int otherwise, Supplier<Answer> refusal) {
        String value = query(name);
        if (value == null || value.isEmpty()) {
            return otherwise;
        }
        try {
            return Integer.parseUnsignedInt(value);
        } catch (NumberFormatException e) {
            throw new Refusal(refusal.get());
        }
    }

    /** The address of this call with one query parameter set, as pagination links need it. */
    public String urlWith(String name, String value) {
        StringBuilder url = new StringBuilder(context.request().absoluteURI());
        int question = url.indexOf("?");
        url.setLength(question < 0 ? url.length() : question);
        char separator = '?';
        for (Map.Entry<String, String> parameter : context.queryParams()) {
            if (!parameter.getKey().equals(name)) {
                url.append(separator)
                        .append(encoded(parameter.getKey()))
                        .append('=')
                        .append(encoded(parameter.getValue()));
                separator = '&';
            }
        }
        return url.append(separator).append(name).append('=').append(value).toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    public String header(String name) {
        return context.request().getHeader(name);
    }

    public String form(String name) {
        return context.request().getFormAttribute(name);
    }

    /** The body as a JSON object; anything else is refused with the vendor's answer to malformed JSON. */
    public ObjectNode body() {
        Buffer buffer = context.body().buffer();
        try {
            JsonNode body = buffer == null ? null : Json.parse(buffer.getBytes());
            if (body instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException e) {
            throw new Refusal(malformedBody.get());
        }
        throw new Refusal(malformedBody.get());
    }

    /** Adds to the call log which record the call is about, with its correlation key and title where they have one. */
    public void about(String record, String key, String title) {
        call.about(record, key, title);
    }

    /** Adds to the call log that state was changed. */
    public void committed() {
        onCommit.run();
    }
}
