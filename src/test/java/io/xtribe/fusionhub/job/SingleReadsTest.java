package io.xtribe.fusionhub.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.job.SingleReads.Mark;
import io.xtribe.fusionhub.job.SingleReads.Subject;

import static io.xtribe.fusionhub.job.SingleReads.choose;
import static org.assertj.core.api.Assertions.assertThat;

class SingleReadsTest {

    private static final Instant THEN = Instant.parse("2026-11-29T10:00:00Z");

    private static Subject subject(String incident, int second) {
        return new Subject(incident, THEN.plusSeconds(second));
    }

    @Test
    void whatHasChangedComesFirstTheOldestChangeBeforeOthers() {
        var mark = new Mark(THEN.plusSeconds(10), "", "a");

        var choice = choose(List.of(subject("a", 1), subject("b", 2), subject("c", 30), subject("d", 20)), mark, 3);

        assertThat(choice.incidents()).containsExactly("d", "c", "b");
        assertThat(choice.changed()).isEqualTo(2);
        assertThat(choice.leftChanged()).isZero();
        assertThat(choice.leftUnchanged()).isEqualTo(1);
        assertThat(choice.next()).isEqualTo(new Mark(THEN.plusSeconds(30), "", "b"));
    }

    @Test
    void aFirstRunTakesEverythingForChangedAndRunsAfterItGoOn() {
        var all = IntStream.range(0, 25)
                .mapToObj(at -> subject("fx-" + (100 + at), at / 10))
                .toList();
        var read = new ArrayList<String>();
        var mark = Mark.NONE;
        for (var runs = 0; runs < 3; runs++) {
            var choice = choose(all, mark, 10);
            read.addAll(choice.incidents());
            mark = choice.next();
        }

        assertThat(read.subList(0, 25)).doesNotHaveDuplicates().hasSize(25);
        assertThat(mark.changedAt()).isEqualTo(THEN.plusSeconds(2));
    }

    /** A platform's times are in seconds: what is changed again within the same one would else be left out. */
    @Test
    void whatChangedInTheLastSecondIsReadAgain() {
        var mark =
                choose(List.of(subject("a", 1), subject("b", 5)), Mark.NONE, 10).next();

        var again = choose(List.of(subject("a", 1), subject("b", 5)), mark, 1);

        assertThat(again.incidents()).containsExactly("b");
        assertThat(again.changed()).isEqualTo(1);
        assertThat(again.leftUnchanged()).isEqualTo(1);
    }

    @Test
    void whatNeverChangesHasItsTurn() {
        var all = List.of(subject("a", 1), subject("b", 1), subject("c", 1), subject("d", 1), subject("e", 9));
        var mark = new Mark(THEN.plusSeconds(10), "", "");
        var read = new HashSet<String>();
        for (var runs = 0; runs < 3; runs++) {
            var choice = choose(all, mark, 2);
            assertThat(choice.incidents()).hasSize(2);
            assertThat(choice.changed()).isZero();
            read.addAll(choice.incidents());
            mark = choice.next();
        }

        assertThat(read).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    @Test
    void noneIsReadWhereNoneIsWanted() {
        var choice = choose(List.of(subject("a", 1), subject("b", 2)), Mark.NONE, 0);

        assertThat(choice.incidents()).isEmpty();
        assertThat(choice.leftChanged()).isEqualTo(2);
        assertThat(choice.next()).isEqualTo(Mark.NONE);
    }
}
