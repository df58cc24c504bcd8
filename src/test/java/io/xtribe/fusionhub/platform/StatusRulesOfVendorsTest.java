package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.incident.Status;

import static org.assertj.core.api.Assertions.assertThat;

/** What the built-in platforms' records are brought to, with the defaults of their settings. */
class StatusRulesOfVendorsTest {

    @ParameterizedTest
    @CsvSource({
        // platform, part, shows, desired, is brought to
        "pagerduty,  incident, OPEN,         ACKNOWLEDGED, OPEN",
        "pagerduty,  incident, ACKNOWLEDGED, OPEN,         ACKNOWLEDGED",
        "pagerduty,  incident, RESOLVED,     ACKNOWLEDGED, OPEN",
        "servicenow, incident, OPEN,         ACKNOWLEDGED, ACKNOWLEDGED",
        "servicenow, incident, ACKNOWLEDGED, OPEN,         ACKNOWLEDGED",
        // Reopened it is in progress, which is nobody's acknowledgement.
        "servicenow, incident, RESOLVED,     OPEN,         ACKNOWLEDGED",
        "datadog,    incident, OPEN,         ACKNOWLEDGED, OPEN",
        "datadog,    incident, RESOLVED,     OPEN,         OPEN",
        "datadog,    case,     OPEN,         ACKNOWLEDGED, ACKNOWLEDGED",
        "datadog,    case,     ACKNOWLEDGED, OPEN,         OPEN",
    })
    void aRecordOfAVendorFollows(String platform, String part, Status shown, Status desired, Status brought) {
        assertThat(find(platform).profile().statusRule(part).of(shown, desired)).isEqualTo(brought);
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN,         ACKNOWLEDGED, ACKNOWLEDGED",
        "ACKNOWLEDGED, OPEN,         ACKNOWLEDGED",
        "RESOLVED,     ACKNOWLEDGED, ACKNOWLEDGED",
        "RESOLVED,     OPEN,         OPEN"
    })
    void aPageIsAcknowledgedWhereThatIsWanted(Status shown, Status desired, Status brought) {
        var page = find("pagerduty", Map.of("fusion.pagerduty.acknowledge", "always"))
                .profile()
                .statusRule("incident");

        assertThat(page.of(shown, desired)).isEqualTo(brought);
    }

    private static Platform find(String platform) {
        return find(platform, Map.of());
    }

    private static Platform find(String platform, Map<String, String> settings) {
        var values = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 200))
                .withConverter(Duration.class, 200, new DurationConverter())
                .build();
        return Platform.find(platform, Optional.empty(), values).orElseThrow();
    }
}
