package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.incident.Desired;
import io.xtribe.fusionhub.incident.FailedWork;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.KeptCommentBuilder;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts that are answered by what looks like an outage, a limit or wrong credentials: they hold nothing else up without end. */
class SuspectedTextTest extends StepFailuresFixture {

    /** What cannot be told from an outage is asked about, once it has happened several times to one text. */
    @ParameterizedTest
    @CsvSource({
        "WILL_HEAL, 2, false, false",
        "WILL_HEAL, 3, false, true",
        "THROTTLED, 3, false, true",
        "UNKNOWN_OUTCOME, 3, false, true",
        "UNKNOWN_OUTCOME, 7, true, false",
        "NOT_STARTED, 9, false, false",
        "REJECTED, 9, false, false",
        "DENIED, 0, false, true"
    })
    void asksThePlatformsProbeWhetherATextIsTheCause(Kind kind, int unanswered, boolean plain, boolean asks) {
        var step = opening(unanswered, plain);

        assertThat(failures.mustAsk(step, new PlatformException(kind, "words"))).isEqualTo(asks);
    }

    @ParameterizedTest
    @EnumSource(names = {"WILL_HEAL", "THROTTLED"})
    void createsPlainlyAtOnceWhatWasSurelyNotCreatedForItsText(Kind kind) {
        // When
        var next = failures.judged(pass, opening(3, false), new PlatformException(kind, "words"), true);

        // Then
        assertThat(next.orElseThrow().operation()).isEqualTo(Operation.OPEN);
        assertThat(next.orElseThrow().state().attempt()).isEqualTo(part().attempt());
        assertThat(part().plain()).isTrue();
        assertThat(part().unanswered()).isEqualTo(4);
        assertThat(story())
                .containsExactly(
                        "open of pagerduty incident failed 4 times while other calls are answered: it is tried with a"
                                + " neutral title, in case its own text is the cause: words");
    }

    @Test
    void looksForWhatMayHaveBeenCreatedBeforeItCreatesPlainly() {
        // When
        var next = failures.judged(pass, opening(3, false), new PlatformException(Kind.UNKNOWN_OUTCOME, "words"), true);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().plain()).isTrue();
        assertThat(part().attempt().uncertain()).isTrue();
        assertThat(pass.hasFailed()).isTrue();
    }

    /** The platform may be away altogether: then the record is to have its own title when it is back. */
    @Test
    void createsUnderItsOwnTitleAfterAPlainOneThatFailedToo() {
        // When
        failures.failed(pass, opening(4, true), new PlatformException(Kind.WILL_HEAL, "words"));

        // Then
        assertThat(part().plain()).isFalse();
        assertThat(part().unanswered()).isEqualTo(5);
    }

    /** What comes after a text is not to wait for it without end. */
    @ParameterizedTest
    @CsvSource({
        "WILL_HEAL, 5, false",
        "WILL_HEAL, 6, true",
        "THROTTLED, 20, true",
        "UNKNOWN_OUTCOME, 6, true",
        "NOT_STARTED, 20, false"
    })
    void asksWhetherATitleOrACommentIsTheCauseOfManyTriesThatFailed(Kind kind, int failed, boolean asks) {
        var title = failed(titling(), failed);
        var failure = new PlatformException(kind, "words");

        assertThat(failures.mustAsk(title, failure)).isEqualTo(asks);
        assertThat(failures.mustAsk(failed(commenting(), failed), failure)).isEqualTo(asks);
    }

    /** What another platform fails at, or another text, says nothing of this one. */
    @Test
    void countsTheTriesOfEachTextByItself() {
        // Given
        var step = failed(commenting(), 6);
        var other = Step.comment(step.incident(), "pagerduty", "incident", comment("0ther0000000"), false);
        var late = passAfter(40, WorkLane.FOLLOW_UP);

        // When
        failures.failed(late, step, new PlatformException(Kind.WILL_HEAL, "words"));

        // Then
        assertThat(part().failures(step.task())).isEqualTo(7);
        assertThat(failures.mustAsk(step.on(store.get(Samples.ID)), new PlatformException(Kind.WILL_HEAL, "words")))
                .isTrue();
        assertThat(failures.mustAsk(other, new PlatformException(Kind.WILL_HEAL, "words")))
                .isFalse();
    }

    /** What else is to be done there, such as resolving it, does not wait for a text. */
    @Test
    void holdsTextsOnlyAfterOneThatFailed() {
        // When
        failures.failed(pass, commenting(), new PlatformException(Kind.WILL_HEAL, "words"));

        // Then
        assertThat(held()).isZero();
        assertThat(pass.hasFailed()).isFalse();
        assertThat(holds.left(Samples.ID, Holds.of("pagerduty", "incident", "comment")))
                .isPositive();
        assertThat(holds.left(Samples.ID, Holds.of("pagerduty", "incident", "title")))
                .isZero();
        assertThat(holds.release("pagerduty")).containsExactly(Samples.ID);
    }

    /** An outage costs nobody a comment: the tries that it has cost do not count. */
    @Test
    void beginsToCountAnewWhereTheProbeFailsToo() {
        // Given
        var step = failed(commenting(), 6);

        // When
        failures.judged(pass, step, new PlatformException(Kind.WILL_HEAL, "words"), false);

        // Then
        assertThat(part().failures(step.task())).isEqualTo(1);
        assertThat(part().rejections()).isEmpty();
        assertThat(holds.left(Samples.ID, Holds.of("pagerduty", "incident", "comment")))
                .isPositive();
    }

    @Test
    void givesATitleUpThatFailsWhileTheProbeIsAnswered() {
        // Given
        var title = titling();

        // When
        var next = failures.judged(pass, failed(title, 6), new PlatformException(Kind.WILL_HEAL, "words"), true);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().rejections()).containsOnlyKeys(Part.TITLE);
        assertThat(pass.hasFailed()).isFalse();
    }

    @Test
    void triesAgainWhatFailsWhileTheProbeFailsToo() {
        // When
        var next = failures.judged(pass, opening(3, false), new PlatformException(Kind.WILL_HEAL, "words"), false);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().plain()).isFalse();
        assertThat(part().attempt()).isNull();
        assertThat(held()).isGreaterThan(Duration.ofSeconds(50));
    }

    /** The same title would be answered so for ever, and what else is written there would wait. */
    @Test
    void takesARedirectOfATitleForARefusal() {
        // Given
        var renamed = Samples.opened();
        store.create(renamed);
        var desired = new Desired(Status.OPEN, Priority.P1, "DROP TABLE orders fails");
        var step = Step.update(renamed, "pagerduty", "incident", desired);

        // When
        failures.failed(pass, step, new PlatformException(Kind.WILL_HEAL, 302, "a redirect to a page", null, null));

        // Then
        assertThat(part().rejections()).containsOnlyKeys("title");
        assertThat(held()).isZero();
        assertThat(pass.hasFailed()).isFalse();
        assertThat(story()).containsExactly("title of pagerduty incident was refused: a redirect to a page");
    }

    /** It may have taken effect, and what is shown must be known again. */
    @Test
    void readsWhatATitleWithoutAnAnswerHasLeft() {
        // When
        failures.judged(pass, failed(titling(), 6), new PlatformException(Kind.UNKNOWN_OUTCOME, "words"), true);

        // Then
        assertThat(part().rejections()).containsOnlyKeys(Part.TITLE);
        assertThat(part().updating()).isNull();
        assertThat(part().reread().titles()).containsExactly("DROP TABLE orders");
        assertThat(story())
                .containsExactly(
                        "title of pagerduty incident failed 7 times in a row while pagerduty answers what else it is asked: something on the"
                                + " way may refuse it. It counts as refused, what comes after it goes on. It is tried again now and"
                                + " then for a day, and at once by retry. The last answer: words");
    }

    @Test
    void givesACommentUpThatFailsWhileTheProbeIsAnswered() {
        // When
        failures.judged(pass, failed(commenting(), 6), new PlatformException(Kind.WILL_HEAL, "words"), true);

        // Then
        assertThat(part().rejections()).containsOnlyKeys(Part.COMMENT);
        assertThat(comment().isRefusedBy("pagerduty", 1)).isTrue();
        assertThat(comment().isDoubtedOn("pagerduty")).isFalse();
        assertThat(pass.hasFailed()).isFalse();
    }

    /** An earlier call may have written it, and what stands there could not be read. */
    @Test
    void doubtsACommentThatCouldNotBeLookedFor() {
        // Given
        var begun = failed(commenting(), 6);
        var step = Step.comment(begun.incident(), "pagerduty", "incident", begun.comment(), true);

        // When
        failures.judged(pass, step, new PlatformException(Kind.WILL_HEAL, "words"), true);

        // Then
        assertThat(comment().isRefusedBy("pagerduty", 1)).isTrue();
        assertThat(comment().isDoubtedOn("pagerduty")).isTrue();
    }

    /** The probe may have been asked for another reason: that most calls to the platform fail. */
    @Test
    void givesNothingUpForAProbeThatWasAskedForSomethingElse() {
        // When
        var next = failures.judged(pass, opening(0, false), new PlatformException(Kind.WILL_HEAL, "words"), true);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().plain()).isFalse();
        assertThat(pass.hasFailed()).isTrue();
    }

    private KeptComment comment() {
        return store.get(Samples.ID).comments().get(0);
    }

    /** An update of a title that is under way. */
    private Step titling() {
        var desired = new Desired(Status.OPEN, Priority.P1, "DROP TABLE orders");
        return begun(Samples.opened(), incident -> Step.update(incident, "pagerduty", "incident", desired));
    }

    /** A comment of ServiceNow that is being written. */
    private Step commenting() {
        var comment = comment("c0ffee123456");
        var commented = Samples.opened().withComments(List.of(comment));
        return begun(commented, incident -> Step.comment(incident, "pagerduty", "incident", comment, false));
    }

    private static KeptComment comment(String key) {
        return new KeptCommentBuilder()
                .key(key)
                .platform("servicenow")
                .digest("d1ge57")
                .at(Samples.STARTED)
                .build();
    }

    /** The same step where its text has failed so often before. */
    private Step failed(Step step, int times) {
        var failed = new FailedWork(times, Samples.STARTED, Map.of());
        var incident = step.incident()
                .withPart("pagerduty", "incident", part -> part.withFailedWork(Map.of(step.task(), failed)));
        store.change(Samples.ID, same -> incident);
        return step.on(incident);
    }

    private Step begun(Incident planned, Function<Incident, Step> step) {
        var begun = attempts.forSteps(planned, List.of(step.apply(planned)));
        if (store.find(Samples.ID).isEmpty()) {
            store.create(begun);
        } else {
            store.change(Samples.ID, same -> begun);
        }
        return step.apply(begun);
    }
}
