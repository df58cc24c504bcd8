package io.xtribe.fusionhub.startup;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.startup.JqNames.Unknown;

import static org.assertj.core.api.Assertions.assertThat;

/** A misspelt function or variable is found, and nothing else. */
class JqNamesTest {

    private static final Set<String> FUNCTIONS = Set.of(
            "map",
            "select",
            "keys",
            "length",
            "join",
            "to_entries",
            "range",
            "inside",
            "test",
            "empty",
            "error",
            "env");

    private static List<Unknown> unknown(String program) {
        return JqNames.unknown(program, key -> FUNCTIONS.contains(key.replaceFirst("/\\d+$", "")), Set.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a.b[0] | keys | length",
                ". as $x | .y | $x",
                ".and.or | .keyz",
                "{status, a: .b, \"c d\": 1, (.k): 2, $x} as {status: $x} | $x",
                "def f: .a; f | f",
                "def f(g; $n): g | $n + n; f(.a; 1)",
                "[.a, .b] | map(select(. != null)) | join(\", \")",
                "reduce range(0; 3) as $i (0; . + $i)",
                "foreach .[] as [$a, {b: $c}] (0; . + $a; [., $c])",
                "\"a \\(.b | keys) notafunction \\\" neither\"",
                "\"\\( {a: \"in \\(.c | length)\"} | .a )\"",
                "# a comment with words\n.a # another",
                "try error(\"x\") catch .",
                "label $out | foreach .[] as $i (0; .; if . > 1 then ., break $out else . end)",
                "@uri \"x\\(.a)\" | @base64",
                ".a // 1e5 | . == 1.5e-3",
                "if .a then 1 elif .b then 2 else 3 end",
                "$ENV.HOME, $__loc__",
                ".. | .a?",
                ".[1:2] | .[-1]"
            })
    void findsNothingInWhatJqCompiles(String program) {
        assertThat(unknown(program)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".a | lenght",
                "{a: lenght}",
                "{a: (lenght)}",
                "[lenght]",
                "\"\\(.a | lenght)\"",
                "{(lenght): 1}",
                "map(lenght)",
                "def f: lenght; f",
                "if lenght then 1 else 2 end",
                ".a[lenght]"
            })
    void findsAMisspeltFunction(String program) {
        assertThat(unknown(program)).containsExactly(new Unknown("lenght", 0, 1));
    }

    /** jackson-jq itself would fail only when it gets there. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sub(.a) | sub | 1",
                "sub(.a; (.b; .c); .d; .e) | sub | 4",
                "sub | sub | 0",
                "sub([.a; 1]) | sub | 1",
                "sub(~\\(.a)~) | sub | 1",
                "def f(g): g; f | f | 0",
                "def f: .a; f(1) | f | 1",
            })
    void findsAFunctionThatIsCalledWithTheWrongNumberOfArguments(String program, String name, int arguments) {
        var known = Set.of("sub/2", "sub/3");

        assertThat(JqNames.unknown(program.replace('~', '"'), known::contains, Set.of()))
                .containsExactly(new Unknown(name, arguments, 1));
    }

    @Test
    void findsNothingWhereTheNumberOfArgumentsIsRight() {
        var known = Set.of("sub/2", "sub/3");

        assertThat(JqNames.unknown("def f(g; $n): g | $n + n; f(sub(\"a;\"; (.b; .c)); 1)", known::contains, Set.of()))
                .isEmpty();
    }

    @Test
    void findsAMisspeltVariableAndItsLine() {
        assertThat(unknown("# of what is made\n.a as $status\n| {status: $stats,\n   a: [$status]}"))
                .containsExactly(new Unknown("$stats", 0, 3));
    }

    @Test
    void survivesWhatIsNoProgram() {
        assertThat(unknown("{ \"a ")).isEmpty();
        assertThat(unknown("}) \"\\(")).isEmpty();
        assertThat(unknown("def")).isEmpty();
    }
}
