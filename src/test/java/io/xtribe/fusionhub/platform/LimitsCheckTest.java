package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;

class LimitsCheckTest {

    @Test
    void findsNothingInTheDefaults() throws IOException {
        assertThat(problems(Map.of())).isEmpty();
    }

    @Test
    void namesKeyAndRemedy() throws IOException {
        assertThat(problems(Map.of(
                        "fusion.limits.pagerduti.calls", "960",
                        "fusion.limits.pagerduti.per", "60s",
                        "fusion.limits.datadog.calls", "0",
                        "fusion.limits.datadog.per", "0s",
                        "fusion.breaker.wait-longest", "1s")))
                .hasSize(4)
                .anyMatch(problem -> problem.startsWith("fusion.limits.pagerduti is for a platform that takes no part"))
                .anyMatch(problem -> problem.startsWith("fusion.limits.datadog.calls is 0"))
                .anyMatch(problem -> problem.startsWith("fusion.limits.datadog.per is "))
                .anyMatch(problem -> problem.startsWith("fusion.breaker.wait-first is "));
    }

    private static List<String> problems(Map<String, String> changes) throws IOException {
        var properties = new Properties();
        try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        }
        properties.putAll(changes);
        return new LimitsCheck().problems(TestConfig.of(properties));
    }
}
