package io.xtribe.fusionhub.fallback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.TestConfig;

import static org.assertj.core.api.Assertions.assertThat;

/** Half of a way to be heard is found at the start, not when it is needed. */
class FallbackCheckTest {

    private static List<String> problems(Map<String, String> settings) {
        var properties = new Properties();
        try (var file = Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.putAll(settings);
        return new FallbackCheck().problems(TestConfig.of(properties));
    }

    @Test
    void findsNothingWrongWithNoneAndWithWholeOnes() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of(
                        "fusion.public-url", "https://fusion.example",
                        "fusion.fallback.webhook.url", "https://chat.example/hook",
                        "fusion.fallback.events.key", "0123",
                        "fusion.fallback.mail.host", "smtp.example",
                        "fusion.fallback.mail.from", "fusion@example.org",
                        "fusion.fallback.mail.to", "a@example.org,b@example.org")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "mail.host=smtp; fusion.fallback.mail.from is missing: name the sender's address, since fusion.fallback.mail.host is set",
                "mail.host=smtp; fusion.fallback.mail.to is missing: name at least one address, since fusion.fallback.mail.host is set",
                "mail.to=a@example.org; fusion.fallback.mail.host is missing: name the SMTP server, or take the other keys fusion.fallback.mail.* out",
                "mail.host=smtp,mail.user=fusion; fusion.fallback.mail.user and fusion.fallback.mail.password: set both, or neither",
                "mail.host=smtp,mail.port=0; fusion.fallback.mail.port is '0': use a port of 1 to 65535",
                "timeout=0s; fusion.fallback.timeout is 'PT0S': use a duration above zero, such as 10s",
                "events.key=0123,events.url=events; fusion.fallback.events.url is 'events': use a URL that begins with http:// or https:// and names a host"
            })
    void saysWhatIsMissing(String settings, String problem) {
        var all = new HashMap<String, String>();
        for (var setting : settings.split(",")) {
            var parts = setting.split("=");
            all.put("fusion.fallback." + parts[0], parts[1]);
        }

        assertThat(problems(all)).contains(problem);
    }

    /** The address of a chat's webhook is its secret. */
    @Test
    void doesNotTellTheAddressOfAWebhook() {
        assertThat(problems(Map.of("fusion.fallback.webhook.url", "hooks.example/services/T0/B0/secret")))
                .containsExactly(
                        "fusion.fallback.webhook.url is no URL: use one that begins with http:// or https:// and names a host");
    }
}
