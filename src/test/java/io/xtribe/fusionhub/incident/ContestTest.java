package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** People who disagree, by the defaults: datadog before servicenow before pagerduty within 5 s, three returns in ten minutes. */
class ContestTest {

    private static final Incident INCIDENT = Samples.opened();

    /**
     * Somebody changes a record.
     *
     * @param second after the beginning
     */
    private record Word(String platform, String status, String priority, int second) {}

    private static Change hear(Incident incident, Word word) {
        var at = Samples.STARTED.plusSeconds(word.second());
        var part = incident.part(word.platform(), "incident");
        var version =
                part.known().status().version() < 0 ? -1 : part.known().status().version() + 1;
        return incident.observe(
                new Observation(
                        word.platform(),
                        "incident",
                        null,
                        part.reference(),
                        new Observation.Field(word.status(), at, version),
                        new Observation.Field(word.priority(), at, version)),
                Samples.hearing(at));
    }

    private static Incident heard(List<Word> words) {
        var incident = INCIDENT;
        for (var word : words) {
            incident = hear(incident, word).incident();
        }
        return incident;
    }

    @ParameterizedTest
    @CsvSource({
        // first, then, seconds between, holds
        "pagerduty, servicenow, 4, P4",
        "servicenow, pagerduty, 4, P3",
        "servicenow, pagerduty, 5, P4",
        "servicenow, servicenow, 1, P4",
        "datadog, pagerduty, 0, P3",
        "pagerduty, datadog, 0, P4",
    })
    void ofTwoChangesAtTheSameTimeThePlatformThatComesFirstHolds(
            String first, String then, int seconds, Priority holds) {
        var changed = heard(List.of(new Word(first, "", "P3", 10)));

        var change = hear(changed, new Word(then, "", "P4", 10 + seconds));

        assertThat(change.incident().priority()).isEqualTo(holds);
        assertThat(change.incident().part(then, "incident").known().priority().value())
                .isEqualTo(Priority.P4);
        assertThat(change.incident().isSettled()).isFalse();
        if (!first.equals(then) && seconds < 5) {
            assertThat(change.notes())
                    .anyMatch(note -> !note.contains("{")
                            && note.contains("set the priority to")
                            && note.contains(holds + " holds"));
        }
    }

    /** A page that is acknowledged cannot be triggered again: who reopened it a moment before has lost nothing. */
    @ParameterizedTest
    @CsvSource({"datadog, pagerduty", "datadog, servicenow", "pagerduty, servicenow", "servicenow, pagerduty"})
    void anAnswerIsNoContestWithTheReopeningBeforeIt(String reopens, String answers) {
        var reopened = heard(List.of(
                new Word("servicenow", "resolved", "", 1),
                new Word("datadog", "resolved", "", 2),
                new Word("pagerduty", "resolved", "", 3),
                new Word(reopens, "open", "", 10)));
        assertThat(reopened.status()).isEqualTo(Status.OPEN);

        var change = hear(reopened, new Word(answers, "acknowledged", "", 11));

        assertThat(change.incident().status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(change.notes()).noneMatch(note -> note.contains("holds"));
    }

    /** Otherwise the hub would open a page again that somebody has resolved. */
    @Test
    void whatIsResolvedStaysResolvedWhoeverComesFirst() {
        var acknowledged = heard(List.of(new Word("servicenow", "acknowledged", "", 10)));

        var change = hear(acknowledged, new Word("pagerduty", "resolved", "", 12));

        assertThat(change.incident().status()).isEqualTo(Status.RESOLVED);
        assertThat(change.notes()).anyMatch(note -> note.contains("RESOLVED holds"));
    }

    @Test
    void whatGoesBackAndForthIsFrozenUntilItIsReleased() {
        var words = IntStream.range(1, 10)
                .mapToObj(turn -> new Word("pagerduty", "", turn % 2 == 1 ? "P2" : "P1", 10 * turn))
                .toList();

        assertThat(heard(words.subList(0, 4)).isPriorityFrozen()).isFalse();
        var change = hear(heard(words.subList(0, 4)), words.get(4));
        var frozen = change.incident();
        assertThat(frozen.isPriorityFrozen()).isTrue();
        assertThat(frozen.isStatusFrozen()).isFalse();
        assertThat(frozen.frozen()).containsOnlyKeys("priority");
        assertThat(change.notes()).anyMatch(note -> note.contains("went back and forth 4 times within 10 min"));
        // What is desired follows on, for the day that it is released.
        var later = hear(frozen, words.get(5)).incident();
        assertThat(later.priority()).isEqualTo(Priority.P1);
        assertThat(later.isPriorityFrozen()).isTrue();

        var released = later.settled(Set.of()).unfrozen();

        assertThat(released.frozen()).isEmpty();
        assertThat(released.turns()).isEmpty();
        assertThat(released.isSettled()).isFalse();
        assertThat(released.unfrozen()).isEqualTo(released);
    }

    @Test
    void returnsThatAreFarApartFreezeNothing() {
        var words = IntStream.range(1, 20)
                .mapToObj(turn -> new Word("pagerduty", "", turn % 2 == 1 ? "P2" : "P1", 200 * turn))
                .toList();

        assertThat(heard(words).frozen()).isEmpty();
    }

    /** Whatever order people act in: a page that was resolved is open again only if somebody reopened a resolved record. */
    @Property
    void theEndIsTakenBackOnlyByReopening(@ForAll("words") List<Word> words) {
        var incident = INCIDENT;
        for (var word : words) {
            var before = incident;
            incident = hear(before, word).incident();
            if (before.status() == Status.RESOLVED && incident.status() != Status.RESOLVED) {
                assertThat(before.part(word.platform(), "incident")
                                .known()
                                .status()
                                .value())
                        .isEqualTo(Status.RESOLVED);
            }
            assertThat(incident.turns().values()).allMatch(turns -> turns.size() <= 5);
        }
    }

    @Provide
    Arbitrary<List<Word>> words() {
        var word = Combinators.combine(
                        Arbitraries.of("datadog", "servicenow", "pagerduty"),
                        Arbitraries.of("", "open", "acknowledged", "resolved"),
                        Arbitraries.of("", "P1", "P2", "P3"),
                        Arbitraries.integers().between(1, 400))
                .as(Word::new);
        return word.list().ofMaxSize(30).map(list -> list.stream()
                .sorted(Comparator.comparingInt(Word::second))
                .toList());
    }

    /** Whoever lost reads of it where they work. */
    @Test
    void whoLostIsToldOnAllPlatforms() {
        var after = heard(List.of(new Word("servicenow", "", "P3", 10), new Word("pagerduty", "", "P4", 12)));

        assertThat(after.comments()).singleElement().satisfies(comment -> {
            assertThat(comment.said()).contains("{pagerduty} set the priority to P4", "P3 holds");
            assertThat(List.of("datadog", "servicenow", "pagerduty")).noneMatch(comment::standsOn);
        });
    }

    /** Kept small: a record goes to the store with each change. */
    @Test
    void keepsOnlyWhatCanBeCounted() {
        var at = Instant.parse("2026-01-31T12:00:00Z");
        var hearing = new Hearing(
                at, new ChangeRules(List.of(), Duration.ZERO, 1, Duration.ofMinutes(1), Set.of(), Set.of(), Set.of()));
        var contest = new Contest(INCIDENT, "pagerduty", hearing);

        contest.changed(Contest.PRIORITY, Priority.P1, Priority.P2);
        contest.changed(Contest.PRIORITY, Priority.P2, Priority.P3);
        contest.changed(Contest.PRIORITY, Priority.P3, Priority.P4);
        contest.changed(Contest.PRIORITY, Priority.P4, Priority.P5);

        assertThat(contest.keptIn(INCIDENT).turns().get("priority"))
                .extracting(Turn::to)
                .containsExactly("P3", "P4", "P5");
    }
}
