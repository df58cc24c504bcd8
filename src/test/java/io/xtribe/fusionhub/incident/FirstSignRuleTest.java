package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.incident.FirstSignRule.Verdict;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.signal.UnknownWord;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** The table of design 3.4: what opens, and what is never dropped for its priority. */
class FirstSignRuleTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final FirstSignRule RULE = new FirstSignRule(
            Set.of(Priority.P1, Priority.P2),
            Set.of("datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual"),
            Map.of("datadog.monitor", Set.of("triggered", "retriggered", "renotify", "nodata", "renodata")),
            Duration.ofMinutes(15),
            Duration.ofHours(24));

    @ParameterizedTest
    @CsvSource({
        // source, sign, previous priority, priority, verdict, part of the reason
        "datadog.monitor, Triggered, '', P1, OPEN, datadog.monitor Triggered P1",
        "datadog.monitor, Triggered, '', P2, OPEN, P2",
        "datadog.monitor, No Data, '', P1, OPEN, No Data",
        "datadog.monitor, Warn, '', P1, NOISE, Warn",
        "datadog.monitor, Re-Triggered, '', P1, OPEN, Re-Triggered",
        "datadog.monitor, Re-No Data, '', P1, OPEN, Re-No Data",
        "datadog.monitor, Renotify, '', P1, OPEN, Renotify",
        "datadog.monitor, no-data, '', P1, OPEN, no-data",
        "datadog.monitor, Recovered, '', P1, NOISE, Recovered",
        "datadog.monitor, Triggered, '', '', NOISE, no priority",
        "datadog.monitor, Triggered, '', P3, NOISE, priority P3",
        "datadog.monitor, Triggered, '', P4, NOISE, priority P4",
        "datadog.monitor, Triggered, '', P5, NOISE, priority P5",
        "datadog.incident, Declared, '', P1, OPEN, Declared",
        "datadog.incident, Declared, '', P3, NOISE, priority P3",
        "servicenow, incident.created, '', P1, OPEN, incident.created",
        "servicenow, incident.created, '', P3, NOISE, priority P3",
        "servicenow, incident.updated, P3, P2, OPEN, incident.updated",
        "servicenow, incident.updated, P5, P1, OPEN, incident.updated",
        "servicenow, incident.updated, P1, P1, NOISE, had an opened priority before",
        "servicenow, incident.updated, P1, P2, NOISE, had an opened priority before",
        "servicenow, incident.updated, P2, P1, OPEN, incident.updated",
        "servicenow, incident.updated, '', P1, OPEN, incident.updated",
        "servicenow, incident.updated, P1, P3, NOISE, priority P3",
        "pagerduty.manual, incident.triggered, '', P1, OPEN, pagerduty.manual",
        "pagerduty.manual, incident.triggered, '', '', NOISE, no priority",
        "pagerduty.service, incident.triggered, '', P1, NOISE, switched off",
        "zabbix, PROBLEM, '', P1, NOISE, switched off",
    })
    void decides(String source, String sign, String previousPriority, String priority, Verdict verdict, String reason) {
        // When
        var decision = RULE.decide(signal(source, sign, previousPriority, priority, "k1", NOW), List.of(), NOW);

        // Then
        assertThat(decision.verdict()).isEqualTo(verdict);
        assertThat(decision.reason()).contains(reason);
    }

    @Test
    void opensNothingForWhatIsNoFirstSign() {
        // Given
        var signal = Signals.of(
                "s",
                "datadog",
                SignalKind.RESOLVED,
                "",
                null,
                null,
                "",
                "k",
                null,
                "",
                "",
                "P1",
                "resolved",
                NOW,
                -1,
                RoutingHints.NONE);

        // Then
        assertThat(RULE.decide(signal, List.of(), NOW).verdict()).isEqualTo(Verdict.NOISE);
    }

    /** Whatever else is said: what may be urgent is never dropped for a word. */
    @ParameterizedTest
    @CsvSource({
        "datadog.monitor, Escalated, P1, status, NOT_UNDERSTOOD",
        "datadog.monitor, Triggered, P2, status, NOT_UNDERSTOOD",
        "servicenow, incident.created, '', priority, NOT_UNDERSTOOD",
        "datadog.monitor, Escalated, P3, status, NOISE",
        "datadog.monitor, Escalated, '', status, NOISE",
        "pagerduty.service, incident.triggered, '', priority, NOISE",
    })
    void neitherOpensNorDropsWhatItDoesNotUnderstand(
            String source, String sign, String priority, String field, Verdict verdict) {
        var unknown = new UnknownWord(field, "incident", "Escalated");

        var decision = RULE.decide(signal(source, sign, "", priority, "k1", NOW), List.of(unknown), NOW);

        assertThat(decision.verdict()).isEqualTo(verdict);
        if (verdict == Verdict.NOT_UNDERSTOOD) {
            assertThat(decision.reason()).isEqualTo(unknown.reason());
        }
    }

    @Test
    void opensNothingThatCannotBeKnownAgain() {
        assertThat(RULE.decide(signal("datadog.monitor", "Triggered", "", "P1", "", NOW), List.of(), NOW))
                .isEqualTo(new FirstSignRule.Decision(
                        Verdict.NOT_UNDERSTOOD, "it has no key by which it could be known again"));
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, OPEN",
        "PT15M, OPEN",
        "PT15M0.001S, CONFIRM_FIRST",
        "PT24H, CONFIRM_FIRST",
        "PT24H0.001S, DEAD_LETTER",
        "P400D, DEAD_LETTER",
        "PT-5M, OPEN",
    })
    void judgesATriggerByItsAge(Duration age, Verdict verdict) {
        assertThat(RULE.decide(signal("servicenow", "incident.created", "", "P1", "k1", NOW.minus(age)), List.of(), NOW)
                        .verdict())
                .isEqualTo(verdict);
    }

    @Test
    void opensOtherPrioritiesWhereConfigured() {
        // Given
        var all = new FirstSignRule(
                Set.of(Priority.values()),
                Set.of("servicenow"),
                Map.of(),
                Duration.ofMinutes(15),
                Duration.ofHours(24));

        // Then
        assertThat(all.decide(signal("servicenow", "incident.created", "", "P5", "k1", NOW), List.of(), NOW)
                        .verdict())
                .isEqualTo(Verdict.OPEN);
    }

    @Property(tries = 1000)
    void opensOnlyWhatTheTableSays(
            @ForAll("sources") String source,
            @ForAll("signs") String sign,
            @ForAll("priorities") String previous,
            @ForAll("priorities") String priority,
            @ForAll @LongRange(min = -600, max = 200_000) long ageSeconds) {
        // When
        var decision = RULE.decide(
                signal(source, sign, previous, priority, "k1", NOW.minusSeconds(ageSeconds)), List.of(), NOW);

        // Then
        var opens = RULE.sources().contains(source)
                && (!"datadog.monitor".equals(source)
                        || Set.of("Triggered", "No Data", "Renotify").contains(sign))
                && Set.of("P1", "P2").contains(priority)
                && (!Set.of("P1", "P2").contains(previous) || priority.compareTo(previous) < 0);
        var byAge =
                ageSeconds <= 900 ? Verdict.OPEN : ageSeconds <= 86_400 ? Verdict.CONFIRM_FIRST : Verdict.DEAD_LETTER;
        assertThat(decision.verdict()).isEqualTo(opens ? byAge : Verdict.NOISE);
        assertThat(decision.reason()).isNotBlank();
    }

    @Provide
    Arbitrary<String> sources() {
        return Arbitraries.of(
                "datadog.monitor", "datadog.incident", "servicenow", "pagerduty.manual", "pagerduty.service", "other");
    }

    @Provide
    Arbitrary<String> signs() {
        return Arbitraries.of("Triggered", "No Data", "Warn", "Renotify", "Recovered", "incident.created", "");
    }

    @Provide
    Arbitrary<String> priorities() {
        return Arbitraries.of("", "P1", "P2", "P3", "P4", "P5");
    }

    private static Signal signal(
            String source, String sign, String previousPriority, String priority, String key, Instant occurredAt) {
        return Signals.of(
                "s1",
                source.contains(".") ? source.substring(0, source.indexOf('.')) : source,
                SignalKind.TRIGGERED,
                "",
                new Signal.FirstSign(source, sign, previousPriority, "subject"),
                null,
                "scope",
                key,
                null,
                "title",
                "",
                priority,
                "open",
                occurredAt,
                -1,
                RoutingHints.NONE);
    }
}
