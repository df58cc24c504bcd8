package io.xtribe.fusionhub.routes;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Webhooks;

/** The endpoint for webhooks, with a service catalogue. */
abstract class WebhooksReceiveFixture extends WebhookRouteTest {

    @TempDir
    static Path folder;

    static Path catalogue;

    @BeforeAll
    static void writeCatalogue() throws IOException {
        catalogue = Files.writeString(folder.resolve("services.csv"), """
                service,team,tier,assignment_group,pagerduty_service,escalation_policy,runbook
                checkout,payments,1,387ebd7da9fe198100f92cc8d1d2154e,PCHECKOUT,PPOLICYCK,https://wiki.test/checkout
                sandbox,,,,PSANDBOX1,,
                """);
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.of(
                "fusion.catalogue",
                catalogue.toString(),
                "fusion.webhooks.datadog.secret",
                "older-secret," + Webhooks.secret("datadog"),
                "fusion.webhooks.pagerduty.secret",
                Webhooks.secret("pagerduty"));
    }

    JsonNode stored() throws Exception {
        return new ObjectMapper()
                .readTree(management().getMessage(Names.SIGNALS, 1).getData());
    }

    static byte[] compressed(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    double refused(String reason) {
        return metrics.find("fusion.webhooks.refused").tag("reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
