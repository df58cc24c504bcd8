package io.xtribe.fusionhub.explain;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MaskingTest {

    private final Masking masking = Masking.of(
            new SmallRyeConfigBuilder()
                    .withSources(new PropertiesConfigSource(
                            Map.of(
                                    "fusion.acme.token", "tok-12345",
                                    "fusion.webhooks.acme.secret", "first-one,second-one",
                                    "FUSION_API_TOKEN", "of-an-operator",
                                    "fusion.acme.name", "plain-name"),
                            "test",
                            500))
                    .build(),
            List.of());

    @Test
    void valuesOfSecretSettingsAreMaskedWhereverTheyStand() {
        assertThat(masking.mask("a tok-12345 b second-one c of-an-operator d plain-name"))
                .isEqualTo("a *** b *** c *** d plain-name");
    }

    @ParameterizedTest
    @CsvSource({
        "https://me:pass@acme.example/x, https://***@acme.example/x",
        "https://acme.example/?token=abc&x=1, https://acme.example/?token=***&x=1",
        "https://acme.example/?x=1&api_key=abc, https://acme.example/?x=1&api_key=***",
        "Bearer abcdefghijk, Bearer ***",
        "Token token=***, Token token=***",
        "https://acme.example/incidents/1?state=2, https://acme.example/incidents/1?state=2",
        "Basic needs are met, Basic needs are met"
    })
    void whatLooksLikeACredentialIsMasked(String text, String masked) {
        assertThat(masking.mask(text)).isEqualTo(masked);
    }

    @Test
    void membersThatHoldCredentialsAreMasked() throws Exception {
        var json = new ObjectMapper();
        var body = json.readTree(
                "{\"password\": \"abc\", \"list\": [{\"Cookie\": \"session=1\"}], \"title\": \"tok-12345 leaks\", \"key\": \"fx-1\", \"count\": 1}");
        assertThat(masking.mask(body))
                .isEqualTo(
                        json.readTree(
                                "{\"password\": \"***\", \"list\": [{\"Cookie\": \"***\"}], \"title\": \"*** leaks\", \"key\": \"fx-1\", \"count\": 1}"));
    }
}
