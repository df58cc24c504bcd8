package io.xtribe.fusionhub.routes;

import java.util.Map;

/** What a hub must be told to be let in by the sandbox; docs/sandbox.md. */
final class SandboxSettings {

    static final Map<String, String> ALL = Map.ofEntries(
            Map.entry("fusion.datadog.api-key", "sandbox-api-key"),
            Map.entry("fusion.datadog.app-key", "sandbox-app-key"),
            Map.entry("fusion.datadog.project-id", "d4bbe1af-f36e-42f1-87c1-493ca35c320e"),
            Map.entry("fusion.servicenow.username", "fusion"),
            Map.entry("fusion.servicenow.password", "sandbox-password"),
            Map.entry("fusion.pagerduty.token", "sandbox-token"),
            Map.entry("fusion.pagerduty.from", "fusion@sandbox.example"),
            Map.entry("fusion.pagerduty.service-id", "PSANDBOX1"));

    private SandboxSettings() {}
}
