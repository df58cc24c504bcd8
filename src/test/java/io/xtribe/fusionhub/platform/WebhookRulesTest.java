package io.xtribe.fusionhub.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonPointer;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.xtribe.fusionhub.testing.Mapping.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code webhook} in a descriptor: what the built-in ones say, and that a rule which cannot be used is refused. */
class WebhookRulesTest {

    private static final Config VALUES = new SmallRyeConfigBuilder().build();

    @TempDir
    Path folder;

    private static WebhookRules builtIn(String name) {
        return Platform.find(name, Optional.empty(), VALUES)
                .orElseThrow()
                .descriptor()
                .webhook();
    }

    private WebhookRules written(String webhook) throws Exception {
        var acme = Files.createDirectories(folder.resolve("acme"));
        Files.writeString(acme.resolve("platform.yaml"), "name: acme\nrecords: {parts: [ticket]}\n" + webhook);
        return Platform.find("acme", Optional.of(folder), VALUES)
                .orElseThrow()
                .descriptor()
                .webhook();
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, /id, {'schema':'datadog-monitor-1'}, alert",
        "datadog, /id, {'schema':'datadog-incident-1'}, incident",
        "datadog, /id, {}, incident",
        "servicenow, /event_id, {'schema':'monitor'}, incident",
        "pagerduty, /event/id, {'schema':'monitor'}, incident"
    })
    void tellIdAndTypeOfABuiltInPlatformsEvent(String name, String place, String body, String type) {
        assertThat(builtIn(name).idPlaces()).containsExactly(JsonPointer.compile(place));
        assertThat(builtIn(name).type(json(body))).isEqualTo(type);
    }

    @Test
    void holdPagerDutysSignatureAndNobodyElses() {
        assertThat(builtIn("pagerduty").signature().header()).isEqualTo("X-PagerDuty-Signature");
        assertThat(builtIn("pagerduty").signature().prefix()).isEqualTo("v1=");
        assertThat(builtIn("datadog").signature()).isNull();
        assertThat(builtIn("servicenow").signature()).isNull();
    }

    @Test
    void mayBeLeftOut() throws Exception {
        var rules = written("");

        assertThat(rules.idPlaces()).isEmpty();
        assertThat(rules.signature()).isNull();
        assertThat(rules.type(json("{}"))).isEqualTo("incident");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "deliveryId: [event/id] | 'deliveryId' is 'event/id': a JSON pointer begins with /",
                "signature: {prefix: v1=} | a signature needs 'header'",
                "types: {alert: {at: schema, pattern: x}} | 'at' is 'schema'",
                "types: {alert: {at: /schema}} | needs 'at' and 'pattern'",
                "types: {alert: {at: /schema, pattern: '('}} | Unclosed group",
                "types: {Alert: {at: /schema, pattern: x}} | 'Alert' is not of the form",
                "delivryId: [/id] | delivryId"
            })
    void sayWhereAndWhyOneCannotBeUsed(String member, String why) {
        assertThatThrownBy(() -> written("webhook:\n  " + member + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/platform.yaml, line ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("Cannot construct");
    }
}
