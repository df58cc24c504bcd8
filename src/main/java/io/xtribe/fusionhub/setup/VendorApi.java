package io.xtribe.fusionhub.setup;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.config.HubConfiguration;
import io.xtribe.fusionhub.lab.local.Web;
import io.xtribe.fusionhub.platform.ForwardProxy;

/** Calls a platform's REST API with our credentials and says what went wrong and which key to correct. */
final class VendorApi {
    private static final int LONGEST_QUOTE = 300;

    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);

    private final Web web;
    private final String urlKey;
    private final String base;
    private final Map<String, String> headers;
    private final String remedy;
    private final List<String> secrets;

    /**
     * An API.
     *
     * @param urlKey the configuration key of its base URL
     * @param headers sent with every call
     * @param remedy what to do when the credentials are refused
     * @param secrets what no message may show, even where the vendor repeats it
     */
    VendorApi(String urlKey, URI base, Map<String, String> headers, String remedy, List<String> secrets)
            throws HubConfiguration.Invalid {
        HubConfiguration.requireUrl(urlKey, base);
        web = new Web(LONGEST_CALL, proxy(base));
        this.urlKey = urlKey;
        this.base = base.toString().replaceFirst("/+$", "");
        this.headers = headers;
        this.remedy = remedy;
        this.secrets = secrets;
    }

    private static Optional<ForwardProxy> proxy(URI base) throws HubConfiguration.Invalid {
        try {
            return ForwardProxy.to(base);
        } catch (IllegalArgumentException e) {
            HubConfiguration.refuse(List.of(e.getMessage()));
            return Optional.empty();
        }
    }

    /** What is at a path; empty when the platform answers 404. */
    Optional<JsonNode> find(String path) throws SetupFailure, InterruptedException {
        Web.Reply reply = call("GET", path, null);
        return reply.status() == 404 ? Optional.empty() : Optional.of(accepted("GET", path, reply));
    }

    /** The answer to a call that has to be accepted. */
    JsonNode send(String method, String path, JsonNode body) throws SetupFailure, InterruptedException {
        return accepted(method, path, call(method, path, body));
    }

    private Web.Reply call(String method, String path, JsonNode body) throws SetupFailure, InterruptedException {
        try {
            return web.send(method, base + path, headers, body == null ? null : body.toString());
        } catch (IOException e) {
            String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new SetupFailure(method + " " + base + path + " got no answer (" + reason + "): check " + urlKey
                    + " and the way there from this machine");
        } catch (IllegalArgumentException e) {
            // The exception's own text would show the header's value.
            throw new SetupFailure("A key holds what no HTTP header can, such as a line break at its end: " + remedy);
        }
    }

    private JsonNode accepted(String method, String path, Web.Reply reply) throws SetupFailure {
        String call = method + " " + base + path;
        if (reply.status() == 401 || reply.status() == 403) {
            throw new SetupFailure(call + " was refused with " + reply.status() + ": " + remedy);
        }
        if (reply.status() / 100 != 2) {
            throw new SetupFailure(call + " gave " + reply.status() + " " + quoted(reply.body()));
        }
        try {
            return reply.json();
        } catch (IOException e) {
            throw new SetupFailure(call + " gave no JSON: check " + urlKey
                    + ", which has to be the base URL of the API, not of the pages");
        }
    }

    private String quoted(String body) {
        String text = body;
        for (String secret : secrets) {
            text = text.replace(secret, "***");
        }
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }
}
