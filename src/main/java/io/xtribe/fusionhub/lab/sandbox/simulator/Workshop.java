package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.function.Supplier;

/**
 * What every simulator is given to work with.
 *
 * @param url base URL of the sandbox, known once it listens
 */
public record Workshop(Settings settings, WebhookSender webhooks, Supplier<String> url) {
    /** A human URL or an API link below the platform's own path. */
    public String url(Platform platform, String path) {
        return url.get() + "/" + platform.key() + path;
    }
}
