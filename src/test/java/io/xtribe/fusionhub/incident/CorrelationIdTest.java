package io.xtribe.fusionhub.incident;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.signal.PlatformKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CorrelationIdTest {

    /** A stored incident is found again by its derived id, so the derivation must never change. */
    @Test
    void staysWhatItWas() {
        assertThat(CorrelationId.derive("datadog", "1100012345", "8482526754508042822"))
                // printf 'datadog:10:1100012345:8482526754508042822' | sha256sum | cut -c1-32
                .isEqualTo("fx-649f43d6ce4cef3582455ff39716b27d");
    }

    @Test
    void refusesAnEmptyKey() {
        assertThatThrownBy(() -> CorrelationId.derive("datadog", "1100012345", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty origin key");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fx-",
                "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa.2",
                " fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa",
                "fx-3F2C9A7BE1D04C56A8B7E0D912F4C6AA",
                "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa\n"
            })
    void matchesNothingButAnId(String text) {
        assertThat(CorrelationId.matches(text)).isFalse();
    }

    @Property(tries = 300)
    void isTheSameForTheSameTriggerAndRecognisedInText(@ForAll("texts") String scope, @ForAll("keys") String key) {
        // When
        var id = CorrelationId.derive("servicenow", scope, key);

        // Then
        assertThat(CorrelationId.derive("servicenow", scope, key)).isEqualTo(id);
        assertThat(CorrelationId.matches(id)).isTrue();
        assertThat(PlatformKey.findIn("(" + id + ")")).contains(new PlatformKey(id, 1));
    }

    @Property(tries = 500)
    void differsWhereverScopeEndsAndKeyBegins(
            @ForAll("keys") String text, @ForAll @IntRange(max = 40) int one, @ForAll @IntRange(max = 40) int other) {
        // Given
        var first = Math.min(one, text.length() - 1);
        var second = Math.min(other, text.length() - 1);
        Assume.that(first != second);

        // Then
        assertThat(CorrelationId.derive("datadog", text.substring(0, first), text.substring(first)))
                .isNotEqualTo(CorrelationId.derive("datadog", text.substring(0, second), text.substring(second)));
    }

    @Property(tries = 500)
    void differsForDifferentTriggers(
            @ForAll("texts") String scope,
            @ForAll("keys") String key,
            @ForAll("texts") String otherScope,
            @ForAll("keys") String otherKey) {
        Assume.that(!scope.equals(otherScope) || !key.equals(otherKey));

        assertThat(CorrelationId.derive("datadog", scope, key))
                .isNotEqualTo(CorrelationId.derive("datadog", otherScope, otherKey));
        assertThat(CorrelationId.derive("datadog", scope, key))
                .isNotEqualTo(CorrelationId.derive("pagerduty", scope, key));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars(":@.0123456789ab-é").ofMaxLength(40);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings()
                .withChars(":@.0123456789ab-é")
                .ofMinLength(2)
                .ofMaxLength(40);
    }
}
