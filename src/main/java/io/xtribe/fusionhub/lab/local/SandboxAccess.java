package io.xtribe.fusionhub.lab.local;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** The credentials and ids that the sandbox knows from the start; docs/sandbox.md lists them. None is a secret. */
public final class SandboxAccess {
    public static final Map<String, String> DATADOG =
            Map.of("DD-API-KEY", "sandbox-api-key", "DD-APPLICATION-KEY", "sandbox-app-key");
    public static final Map<String, String> SERVICENOW = Map.of("Authorization", basic("fusion:sandbox-password"));
    public static final Map<String, String> PAGERDUTY = Map.of("Authorization", "Token token=sandbox-token");

    /** What a hub needs beside the addresses. */
    public static final Map<String, String> HUB_SETTINGS = Map.of(
            "FUSION_DATADOG_API_KEY", "sandbox-api-key",
            "FUSION_DATADOG_APP_KEY", "sandbox-app-key",
            "FUSION_DATADOG_PROJECT_ID", "d4bbe1af-f36e-42f1-87c1-493ca35c320e",
            "FUSION_DATADOG_CASE_ATTRIBUTE", "fusion_id",
            "FUSION_DATADOG_INCIDENT_FIELD", "fusion_id",
            "FUSION_SERVICENOW_USERNAME", "fusion",
            "FUSION_SERVICENOW_PASSWORD", "sandbox-password",
            "FUSION_PAGERDUTY_TOKEN", "sandbox-token",
            "FUSION_PAGERDUTY_FROM", "fusion@sandbox.example",
            "FUSION_PAGERDUTY_SERVICE_ID", "PSANDBOX1");

    private SandboxAccess() {}

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
