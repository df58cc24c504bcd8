package io.xtribe.fusionhub.signal;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformKeyTest {

    private static final String ID = "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa";

    @Test
    void findsTheIdInASentence() {
        assertThat(PlatformKey.findIn("Opened by Fusion Hub as " + ID + ".")).contains(new PlatformKey(ID, 1));
    }

    @Test
    void findsTheNumberOfALaterRecord() {
        assertThat(PlatformKey.findIn("see " + ID + ".2, please")).contains(new PlatformKey(ID, 2));
        assertThat(PlatformKey.findIn(ID + ".10")).contains(new PlatformKey(ID, 10));
    }

    @Test
    void writesTheNumberOnlyFromTheSecondRecordOn() {
        assertThat(new PlatformKey(ID, 1)).hasToString(ID);
        assertThat(new PlatformKey(ID, 2)).hasToString(ID + ".2");
    }

    @Test
    void takesTheFirstOfSeveral() {
        assertThat(PlatformKey.findIn(ID + ".3 after fx-00000000000000000000000000000000"))
                .contains(new PlatformKey(ID, 3));
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {
                "fx-",
                "no key at all",
                "fx-3f2c9a7be1d04c56a8b7e0d912f4c6a", // 31 digits
                "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa0", // 33 digits
                "FX-3f2c9a7be1d04c56a8b7e0d912f4c6aa",
                "fx-3F2C9A7BE1D04C56A8B7E0D912F4C6AA",
                "fx_3f2c9a7be1d04c56a8b7e0d912f4c6aa",
                "fx-3f2c9a7be1d04c56a8b7e0d912f4c6ag",
                "xfx-3f2c9a7be1d04c56a8b7e0d912f4c6aa",
                "0fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa"
            })
    void passesNearMissesOver(String text) {
        assertThat(PlatformKey.findIn(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".0", ".", ".x", ". 2"})
    void readsWhatIsNoNumberAsTextBehindTheKey(String behind) {
        assertThat(PlatformKey.findIn(ID + behind)).contains(new PlatformKey(ID, 1));
    }

    @Property(tries = 500)
    void isFoundInAnySurroundingText(
            @ForAll("ids") String id,
            @ForAll @IntRange(min = 1, max = 9999) int number,
            @ForAll("surroundings") String before,
            @ForAll("surroundings") String behind) {
        // Given
        var key = new PlatformKey(id, number);

        // When
        var found = PlatformKey.findIn(before + key + behind);

        // Then
        assertThat(found).contains(key);
    }

    @Property(tries = 500)
    void isNotFoundInTextWithoutOne(@ForAll String text) {
        assertThat(PlatformKey.findIn(text)).isEmpty();
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings().withChars("0123456789abcdef").ofLength(32).map(digits -> "fx-" + digits);
    }

    /** Any text that does not itself continue the key: blanks, brackets, scripts from right to left, emoji. */
    @Provide
    Arbitrary<String> surroundings() {
        return Arbitraries.strings()
                .withChars(" \n\t([{<>}])\"',;:!?/=_#-")
                .withCharRange('\u0590', '\u05ff')
                .withChars('\ud83d', '\udd25')
                .ofMaxLength(30);
    }
}
