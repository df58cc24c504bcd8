package io.xtribe.fusionhub.demo;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes things happen in the sandbox, and looks at it from behind; docs/sandbox.md. */
final class SandboxControl {
    private final Web web;
    private final String url;

    SandboxControl(Web web, String sandboxUrl) {
        this.web = web;
        this.url = sandboxUrl + "/control/";
    }

    /** Answers with the ids of what was made. */
    JsonNode fire(String path, String body) throws IOException, InterruptedException {
        return web.post(url + path, body);
    }

    /** All records of each platform, in short. */
    JsonNode records() throws IOException, InterruptedException {
        return web.json(url + "records", Map.of());
    }

    /** The webhooks so far, with how far each came. */
    JsonNode webhooks() throws IOException, InterruptedException {
        return web.json(url + "webhooks", Map.of());
    }
}
