package io.xtribe.fusionhub.access;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OriginsTest {

    @Test
    void aProgramSaysNothingOfPages() {
        assertThat(Origins.isForeignPage(null, null, "hub")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080",
        "https://hub.example.com, hub.example.com",
        "https://HUB.example.com, hub.example.com",
        "http://[::1]:8080, [::1]:8080"
    })
    void aPageOfTheHubItselfIsNotForeign(String origin, String host) {
        assertThat(Origins.isForeignPage("same-origin", origin, host)).isFalse();
        assertThat(Origins.isForeignPage("none", origin, host)).isFalse();
        assertThat(Origins.isForeignPage(null, origin, host)).isFalse();
        assertThat(Origins.isForeignPage("cross-site", origin, host)).isTrue();
        assertThat(Origins.isForeignPage("same-site", null, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "null, localhost:8080",
        "'', localhost:8080",
        "https://evil.example, localhost:8080",
        "http://localhost, localhost:8080",
        "http://localhost:8081, localhost:8080",
        "http://localhost:8080.evil.example, localhost:8080",
        "http://evil.example/localhost:8080, localhost:8080",
        "file://localhost:8080, localhost:8080",
        "http://hub.example.com, ''"
    })
    void anyOtherPageIs(String origin, String host) {
        assertThat(Origins.isForeignPage(null, origin, host)).isTrue();
        assertThat(Origins.isForeignPage("same-origin", origin, host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "hub.localhost", "127.0.0.1", "127.0.0.2", "[::1]", "hub", "10.0.0.7"})
    void namesThatNoWebPageCanHave(String host) {
        assertThat(Origins.isOfNoDomain(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "a.b",
                "",
                "localhost.",
                "1.2.3"
            })
    void namesThatOneCan(String host) {
        assertThat(Origins.isOfNoDomain(host)).isFalse();
    }
}
