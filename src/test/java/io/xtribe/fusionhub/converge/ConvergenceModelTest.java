package io.xtribe.fusionhub.converge;

import java.util.Random;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the platforms do, an incident ends with one live record on each, all linked. Plan, steps, failures and
 * attempts are the real ones; only the platforms, the stores and the time are simulated.
 */
class ConvergenceModelTest {

    @Test
    void takesOnePassWhereNothingFails() {
        // Given
        var model = new ConvergenceModel(new Random(1), 0, false);

        // When
        var passes = model.run();

        // Then
        assertThat(passes).isEqualTo(1);
        model.hasOneLinkedRecordEverywhere();
        model.wasCreatedOnce();
    }

    @Property
    void createsEachRecordOnceAndWritesEachLinkOnceWhateverFails(
            @ForAll long seed, @ForAll @IntRange(max = 12) int faults) {
        // Given
        var model = new ConvergenceModel(new Random(seed), faults, false);

        // When
        model.run();

        // Then
        model.hasOneLinkedRecordEverywhere();
        model.wasCreatedOnce();
    }

    @Property
    void closesTheSecondRecordWhereOneTurnsUpLongAfterItsTime(
            @ForAll long seed, @ForAll @IntRange(max = 12) int faults) {
        // Given
        var model = new ConvergenceModel(new Random(seed), faults, true);

        // When
        model.run();

        // Then
        model.hasOneLinkedRecordEverywhere();
    }

    /**
     * A page that turns up after its create was given up is told by its webhook only: should that be lost as well, the
     * page stays.
     */
    @Property
    void endsResolvedWhereverItWasOpenedWhenItIsOverMeanwhile(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int faults,
            @ForAll @IntRange(max = 6) int resolvedAfterPasses) {
        // Given
        var model = new ConvergenceModel(new Random(seed), faults, false);
        model.world.deliverEveryWebhook();

        // When
        model.changeAfter(resolvedAfterPasses, Status.RESOLVED, Priority.P1);
        model.run();

        // Then
        model.hasNoLiveRecord();
    }

    @Property
    void bringsEveryRecordToTheLastDesiredState(
            @ForAll long seed, @ForAll @IntRange(max = 12) int faults, @ForAll @IntRange(max = 6) int afterPasses) {
        // Given
        var model = new ConvergenceModel(new Random(seed), faults, false);

        // When
        model.changeAfter(afterPasses, Status.ACKNOWLEDGED, Priority.P2);
        model.run();

        // Then
        model.hasOneLinkedRecordEverywhere();
        model.wasCreatedOnce();
    }

    /** Whose answer was lost, and which takes effect after the next change was written. */
    @Property
    void aWriteThatArrivesLateUndoesNothing(
            @ForAll long seed,
            @ForAll @IntRange(min = 3, max = 12) int faults,
            @ForAll @IntRange(max = 6) int afterPasses) {
        // Given
        var model = new ConvergenceModel(new Random(seed), faults, false);

        // When
        model.changeAfter(afterPasses, Status.ACKNOWLEDGED, Priority.P2);
        model.changeAfter(afterPasses + 2, Status.ACKNOWLEDGED, Priority.P4);
        model.run();

        // Then
        model.hasOneLinkedRecordEverywhere();
    }

    @Property
    void writesEachCommentOnceOnEachOtherPlatformWhateverFails(
            @ForAll long seed,
            @ForAll @IntRange(max = 12) int faults,
            @ForAll @IntRange(max = 6) int afterPasses,
            @ForAll @IntRange(min = 1, max = 5) int comments) {
        // Given
        var model = new ConvergenceModel(new Random(seed), faults, false);

        // When
        model.commentAfter(afterPasses, comments);
        model.run();

        // Then
        model.hasOneLinkedRecordEverywhere();
        model.hasEachCommentOnceOnEachOtherPlatform(comments);
    }
}
