package io.xtribe.fusionhub.console;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SameOriginTest {

    @Test
    void aProgramHasNoOrigin() {
        assertThat(SameOrigin.isOwnPage(null, "hub")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080",
        "http://LOCALHOST:8080, localhost:8080",
        "http://127.0.0.1:8080, 127.0.0.1:8080",
        "http://127.0.0.1, 127.0.0.1",
        "http://[::1]:8080, [::1]:8080"
    })
    void aPageOfTheHubItselfOnThisHost(String origin, String host) {
        assertThat(SameOrigin.isOwnPage(origin, host)).isTrue();
    }

    /** The last ones are what a name does that somebody lets lead to this host: the browser calls both the same. */
    @ParameterizedTest
    @CsvSource({
        "https://evil.example, localhost:8080",
        "http://localhost:9999, localhost:8080",
        "http://localhost, localhost:8080",
        "https://localhost:8080, localhost:8080",
        "http://127.0.0.1:8080, localhost:8080",
        "null, localhost:8080",
        "'', localhost:8080",
        "%%%, localhost:8080",
        "http://user@localhost:8080, localhost:8080",
        "http://evil.example:8080, evil.example:8080",
        "http://localhost.evil.example, localhost.evil.example",
        "http://127.0.0.1.evil.example, 127.0.0.1.evil.example"
    })
    void anyOtherPage(String origin, String host) {
        assertThat(SameOrigin.isOwnPage(origin, host)).isFalse();
        assertThat(SameOrigin.isOwnPage(origin, null)).isFalse();
    }
}
