package io.xtribe.fusionhub.lab.local;

import java.io.IOException;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/** Makes things happen in the sandbox, and looks at it from behind; docs/sandbox.md. */
public final class SandboxControl {
    private final Web web;
    private final String url;

    public SandboxControl(Web web, String sandboxUrl) {
        this.web = web;
        this.url = sandboxUrl + "/control/";
    }

    /** Answers with the ids of what was made. */
    public JsonNode fire(String path, String body) throws IOException, InterruptedException {
        return web.post(url + path, body);
    }

    /** Changes settings such as latency. */
    public void settings(String json) throws IOException, InterruptedException {
        web.send("PATCH", url + "settings", json);
    }

    /** The calls that arrived after the one with this number, in order of arrival. */
    public JsonNode callsAfter(long sequence) throws IOException, InterruptedException {
        return web.json(url + "calls?after=" + sequence, Map.of());
    }

    /** How many calls of each operation arrived, {@code writes} in all, and so on. */
    public JsonNode counts() throws IOException, InterruptedException {
        return web.json(url + "counts", Map.of());
    }

    /** Forgets everything but the settings' defaults. */
    public void reset() throws IOException, InterruptedException {
        web.post(url + "reset", "");
    }

    /** All records of each platform, in short. */
    public JsonNode records() throws IOException, InterruptedException {
        return web.json(url + "records", Map.of());
    }

    /** The webhooks so far, with how far each came. */
    public JsonNode webhooks() throws IOException, InterruptedException {
        return web.json(url + "webhooks", Map.of());
    }
}
