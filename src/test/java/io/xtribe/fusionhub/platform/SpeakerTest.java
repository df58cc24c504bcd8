package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.platform.Speaker.Verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpeakerTest {

    private static final SpeakerRule INSTANCE =
            new SpeakerRule("instance", "instance", null, Pattern.compile("([^.]+)\\.desk\\.example"), true, null);
    private static final SpeakerRule SUBDOMAIN = new SpeakerRule(
            "account", "subdomain", Pattern.compile("([^.]+)(?:\\.eu)?\\.desk\\.example"), null, true, null);

    private final AtomicLong nanos = new AtomicLong();

    private Speaker speaker(SpeakerRule rule, String configured, String host) {
        return new Speaker(
                rule,
                "fusion.desk." + rule.setting(),
                configured.isEmpty() ? List.of() : List.of(configured.split(",")),
                host,
                nanos::get);
    }

    @ParameterizedTest
    @CsvSource({
        "prod, test.desk.example, prod, OURS",
        "prod, test.desk.example, test, FOREIGN",
        "'prod, second', test.desk.example, Second, OURS",
        "'', prod.desk.example, PROD, OURS",
        "'', prod.desk.example, clone, FOREIGN",
        "'', prod.desk.example, '', OURS",
        "'', desk.corp.example, prod, NOT_YET",
        "'', desk.corp.example, '', OURS",
        "'', a.prod.desk.example, prod, NOT_YET",
    })
    void settingAndAddressSayWhoMaySpeak(String configured, String host, String told, Verdict verdict) {
        assertThat(speaker(INSTANCE, configured, host).judge(told)).isEqualTo(verdict);
    }

    @Test
    void whatTheApiTellsCountsWhereNothingElseDoes() {
        var speaker = speaker(SUBDOMAIN, "", "api.desk.example");

        assertThat(speaker.takeTurn()).isTrue();
        assertThat(speaker.takeTurn()).as("before the answer").isFalse();
        assertThat(speaker.learned(List.of("acme.eu.desk.example", "localhost")))
                .isTrue();

        assertThat(speaker.judge("acme.desk.example")).isEqualTo(Verdict.OURS);
        assertThat(speaker.judge("other.desk.example")).isEqualTo(Verdict.FOREIGN);
        assertThat(speaker.judge("localhost")).isEqualTo(Verdict.FOREIGN);
        assertThat(speaker.words()).isEqualTo("acme");
        pass(Duration.ofHours(1));
        assertThat(speaker.takeTurn()).isFalse();
    }

    @Test
    void whatTheApiDoesNotTellIsNotCheckedAndAskedForAgain() {
        var speaker = speaker(SUBDOMAIN, "", "api.desk.example");

        assertThat(speaker.learned(List.of("localhost:9400"))).isTrue();
        assertThat(speaker.learned(List.of())).as("no news").isFalse();

        assertThat(speaker.judge("other.desk.example")).isEqualTo(Verdict.OURS);
        assertThat(speaker.words()).isEqualTo("not checked, its API does not tell it: set fusion.desk.subdomain");
        assertThat(speaker.takeTurn()).isFalse();
        pass(Duration.ofMinutes(11));
        assertThat(speaker.takeTurn()).isTrue();
    }

    @Test
    void anApiThatDoesNotAnswerIsAskedAgainSoon() {
        var speaker = speaker(SUBDOMAIN, "", "api.desk.example");
        assertThat(speaker.takeTurn()).isTrue();

        pass(Duration.ofSeconds(6));

        assertThat(speaker.takeTurn()).isTrue();
        assertThat(speaker.judge("acme.desk.example")).isEqualTo(Verdict.NOT_YET);
    }

    @Test
    void ofSeveralTheApiSaysWhichIsCalled() {
        var speaker = speaker(INSTANCE, "prod,second", "desk.corp.example");
        assertThat(speaker.called()).isEmpty();
        assertThat(speaker.takeTurn()).isTrue();

        assertThat(speaker.learned(List.of("Second")))
                .as("no news of who may speak")
                .isFalse();

        assertThat(speaker.called()).contains("Second");
        assertThat(speaker.judge("prod")).isEqualTo(Verdict.OURS);
        assertThat(speaker.judge("third")).isEqualTo(Verdict.FOREIGN);
        assertThat(speaker.words()).isEqualTo("prod, second");
        pass(Duration.ofHours(1));
        assertThat(speaker.takeTurn()).isFalse();
    }

    @Test
    void ofSeveralNoneIsCalledThatMayNotSpeak() {
        var speaker = speaker(INSTANCE, "prod,second", "desk.corp.example");

        assertThat(speaker.learned(List.of("clone"))).isFalse();
        assertThat(speaker.called()).isEmpty();
        assertThat(speaker.notTold("its API does not tell it")).isFalse();

        assertThat(speaker.called()).isEmpty();
        assertThat(speaker.judge("clone")).isEqualTo(Verdict.FOREIGN);
        assertThat(speaker.takeTurn()).isFalse();
        pass(Duration.ofMinutes(11));
        assertThat(speaker.takeTurn()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'prod,second', second.desk.example, second",
        "'prod,second', third.desk.example, ''",
        "prod, third.desk.example, prod",
        "'', third.desk.example, third",
        "'', desk.corp.example, ''",
    })
    void settingAndAddressSayWhichIsCalled(String configured, String host, String called) {
        assertThat(speaker(INSTANCE, configured, host).called().orElse("")).isEqualTo(called);
    }

    @Test
    void aVendorThatIsNotAskedIsNotCheckedWithoutASetting() {
        var speaker = speaker(new SpeakerRule("tenant", "tenant", null, null, false, null), "", "desk.example");

        assertThat(speaker.judge("any")).isEqualTo(Verdict.OURS);
        assertThat(speaker.takeTurn()).isFalse();
    }

    @Test
    void aRuleNeedsAGroupForTheName() {
        assertThatThrownBy(() -> new SpeakerRule("tenant", "tenant", Pattern.compile(".*"), null, false, null))
                .hasMessageContaining("'name' of 'speaker' needs a group in parentheses");
        assertThatThrownBy(() -> new SpeakerRule(null, "tenant", null, null, false, null))
                .hasMessageContaining("'speaker' needs 'what' and 'setting'");
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
