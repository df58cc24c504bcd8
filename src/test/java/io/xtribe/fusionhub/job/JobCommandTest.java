package io.xtribe.fusionhub.job;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The command line of jobs: what makes no sense ends with 64, before anything is started. */
class JobCommandTest {

    private static int run(StringWriter err, String... arguments) {
        return new CommandLine(new JobCommand()).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void everyJobIsNamed() {
        assertThat(new CommandLine(new JobCommand()).getSubcommands().keySet()).isEqualTo(JobCommand.NAMES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reconcile --since yesterday | is no time",
                "reconcile --since 1h --until 2h | is not before",
                "reconcile --limit many | is no whole number",
                "reconcile --limit -1 | is no whole number",
                "reconcile --progress loud | use bar, lines or none",
                "reconcile --incident fx-1 | Unknown option",
                "converge | Missing required option",
                "converge --incident fx-1 | use the correlation id",
                "replay --rate 0 | use at least 1",
                "report --format pdf | use table, json, csv or html"
            })
    void whatMakesNoSenseEndsWith64(String line, String why) {
        var err = new StringWriter();

        assertThat(run(err, line.split(" "))).isEqualTo(64);
        assertThat(err.toString()).contains(why);
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "15m, 900", "24h, 86400", "7d, 604800", "2w, 1209600"})
    void aTimeMayBeSaidBackFromNow(String text, long seconds) {
        assertThat(new JobOptions.Moment().convert(text))
                .isCloseTo(Instant.now().minusSeconds(seconds), within(Duration.ofSeconds(10)));
    }

    /** Argo passes each option, also where nothing was asked for. */
    @Test
    void anEmptyValueIsNone() {
        assertThat(new JobOptions.Moment().convert("")).isNull();
        assertThat(new JobOptions.Count().convert("")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "h", "-1h", "1h30m", "9999999d", "2026-11-29"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> new JobOptions.Moment().convert(text)).hasMessageContaining("is no time");
    }
}
