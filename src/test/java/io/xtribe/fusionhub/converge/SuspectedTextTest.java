package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.incident.Desired;
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

        assertThat(failures.mustAsk(pass, step, new PlatformException(kind, "words")))
                .isEqualTo(asks);
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
        "WILL_HEAL, 8, false",
        "WILL_HEAL, 9, true",
        "THROTTLED, 20, true",
        "UNKNOWN_OUTCOME, 9, true",
        "NOT_STARTED, 20, false"
    })
    void asksWhetherATitleOrACommentIsTheCauseOfManyPassesThatFailed(Kind kind, int tries, boolean asks) {
        var title = titling();
        var late = passAfter(tries, WorkLane.FOLLOW_UP);

        assertThat(failures.mustAsk(late, title, new PlatformException(kind, "words")))
                .isEqualTo(asks);
        assertThat(failures.mustAsk(late, commenting(), new PlatformException(kind, "words")))
                .isEqualTo(asks);
    }

    @Test
    void givesATitleUpThatFailsWhileTheProbeIsAnswered() {
        // Given
        var title = titling();

        // When
        var next = failures.judged(pass, title, new PlatformException(Kind.WILL_HEAL, "words"), true);

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
        failures.judged(pass, titling(), new PlatformException(Kind.UNKNOWN_OUTCOME, "words"), true);

        // Then
        assertThat(part().rejections()).containsOnlyKeys(Part.TITLE);
        assertThat(part().updating()).isNull();
        assertThat(part().reread().titles()).containsExactly("DROP TABLE orders");
        assertThat(story()).containsExactly("title of pagerduty incident is given up for now: words");
    }

    @Test
    void givesACommentUpThatFailsWhileTheProbeIsAnswered() {
        // When
        failures.judged(pass, commenting(), new PlatformException(Kind.WILL_HEAL, "words"), true);

        // Then
        assertThat(part().rejections()).containsOnlyKeys(Part.COMMENT);
        assertThat(comment().isRefusedBy("pagerduty", 1)).isTrue();
        assertThat(comment().isDoubtedOn("pagerduty")).isFalse();
        assertThat(pass.hasFailed()).isFalse();
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
        var comment = new KeptCommentBuilder()
                .key("c0ffee123456")
                .platform("servicenow")
                .digest("d1ge57")
                .at(Samples.STARTED)
                .build();
        var commented = Samples.opened().withComments(List.of(comment));
        return begun(commented, incident -> Step.comment(incident, "pagerduty", "incident", comment, false));
    }

    private Step begun(Incident planned, Function<Incident, Step> step) {
        var begun = attempts.forSteps(planned, List.of(step.apply(planned)));
        store.create(begun);
        return step.apply(begun);
    }
}
