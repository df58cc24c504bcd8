package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How a sandbox starts. What is given here are its defaults, to which {@code /control/reset} returns.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for a free one
 * @param publicUrl base of the links that the sandbox hands out, null for the address it listens on
 * @param hub base URL of the hub's webhooks, for example http://localhost:8080/webhooks; null sends none
 * @param secrets webhook secret per platform; a missing one has the default {@code sandbox-<platform>-secret}
 */
public record SandboxOptions(String host, int port, String publicUrl, String hub, Map<Platform, String> secrets) {
    public static final int DEFAULT_PORT = 9400;

    public SandboxOptions {
        Map<Platform, String> all = new EnumMap<>(Platform.class);
        for (Platform platform : Platform.values()) {
            all.put(platform, secrets.getOrDefault(platform, "sandbox-" + platform.key() + "-secret"));
        }
        secrets = Collections.unmodifiableMap(all);
    }

    /** Loopback, a free port, no hub: what a test wants. */
    public static SandboxOptions defaults() {
        return new SandboxOptions("127.0.0.1", 0, null, null, Map.of());
    }

    public SandboxOptions withHost(String otherHost) {
        return new SandboxOptions(otherHost, port, publicUrl, hub, secrets);
    }

    public SandboxOptions withPort(int otherPort) {
        return new SandboxOptions(host, otherPort, publicUrl, hub, secrets);
    }

    public SandboxOptions withPublicUrl(String otherUrl) {
        return new SandboxOptions(host, port, otherUrl, hub, secrets);
    }

    public SandboxOptions withHub(String otherHub) {
        return new SandboxOptions(host, port, publicUrl, otherHub, secrets);
    }

    public SandboxOptions withSecret(Platform platform, String secret) {
        Map<Platform, String> changed = new EnumMap<>(secrets);
        changed.put(platform, secret);
        return new SandboxOptions(host, port, publicUrl, hub, changed);
    }

    @Override
    public String toString() {
        return "SandboxOptions[host=" + host + ", port=" + port + ", publicUrl=" + publicUrl + ", hub=" + hub
                + ", secrets=***]";
    }
}
