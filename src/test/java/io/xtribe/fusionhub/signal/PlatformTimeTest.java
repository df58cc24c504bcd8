package io.xtribe.fusionhub.signal;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PlatformTimeTest {

    @ParameterizedTest
    @CsvSource({
        "1769860800000, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00Z, 2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.414Z, 2026-01-31T12:00:00.414Z",
        "2015-12-03T15:28:51-05:00, 2015-12-03T20:28:51Z",
        "2026-01-31T12:00:00.123456+00:00, 2026-01-31T12:00:00.123456Z",
        "2026-01-31 12:00:00, 2026-01-31T12:00:00Z",
    })
    void readsTheFormsOfAllThreePlatforms(String text, Instant expected) {
        assertThat(PlatformTime.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "T",
                "31.01.2026 12:00",
                "2026-01-31",
                "2026-02-30T12:00:00Z",
                "2026-13-01 00:00:00",
                "2026-01-31T12:00:00",
                "2026-01-31 12:00",
                "-1769860800000",
                "١٧٦٩٨٦٠٨٠٠٠٠٠",
                "99999999999999999999"
            })
    void namesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> PlatformTime.parse(text))
                .isInstanceOf(InvalidSignalException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Property(tries = 300)
    void agreesOnAllForms(@ForAll @LongRange(min = 1_000_000_000_000L, max = 4_102_444_800_000L) long millis) {
        // Given
        var time = Instant.ofEpochMilli(millis);
        var seconds = time.truncatedTo(ChronoUnit.SECONDS);
        var withoutZone = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

        // Then
        assertThat(PlatformTime.parse(Long.toString(millis))).isEqualTo(time);
        assertThat(PlatformTime.parse(time.toString())).isEqualTo(time);
        assertThat(PlatformTime.parse(withoutZone.format(seconds))).isEqualTo(seconds);
    }

    @Property(tries = 500)
    void readsAnyTextOrSaysThatItCannot(@ForAll String text) {
        try {
            assertThat(PlatformTime.parse(text)).isNotNull();
        } catch (InvalidSignalException expected) {
            assertThat(expected).hasMessageContaining(SafeText.quoted(text));
        }
    }
}
