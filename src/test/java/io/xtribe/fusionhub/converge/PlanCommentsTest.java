package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.KeptCommentBuilder;
import io.xtribe.fusionhub.incident.Observation;
import io.xtribe.fusionhub.incident.Outcome;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.InMemoryCommentTexts;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What is to be done with comments: on which records they are written, in which order, and what a failure makes of them. */
class PlanCommentsTest extends PlanFixture {

    private static final CommentTexts.Words WORDS = new CommentTexts.Words("Jane Doe", "The broker is full.");

    @Test
    void writesACommentOnTheOthersAndNotWhereItWasWritten() {
        assertThat(names(plan(commented("pagerduty", 1))))
                .containsExactlyInAnyOrder("datadog/case COMMENT", "servicenow/incident COMMENT");
    }

    @Test
    void writesThemOneAfterTheOther() {
        // Given
        var incident = commented("pagerduty", 2);
        var first = step(plan(incident), "servicenow");

        // When
        var next = incident.outcome(first, new Outcome.Commented()).incident();

        // Then
        assertThat(first.comment()).isEqualTo(incident.comments().get(0));
        assertThat(step(plan(next), "servicenow").comment().key())
                .isEqualTo(incident.comments().get(1).key());
        assertThat(step(plan(next), "servicenow").name()).isNotEqualTo(first.name());
        assertThat(step(plan(next), "datadog").comment().key())
                .isEqualTo(first.comment().key());
    }

    private static Incident gathering() {
        return linked().withComments(List.of(new KeptCommentBuilder()
                .key("0123456789ab")
                .platform("fusion-hub")
                .digest("d")
                .said("{datadog} alerts for further groups too: host:b")
                .at(NOW)
                .gathers(true)
                .build()));
    }

    /** Hundreds of groups of a monitor are told in some comments, not in hundreds. */
    @Test
    void waitsUntilNothingHasBeenAddedForAWhile() {
        // Given
        var gathering = gathering();

        // Then
        assertThat(plan(gathering).steps()).isEmpty();
        assertThat(plan(gathering).blocked()).isTrue();
        assertThat(plan(gathering).retryIn()).isEqualTo(Duration.ofSeconds(3));
        assertThat(plan(gathering).isComplete()).isFalse();
        after(Duration.ofSeconds(3));
        assertThat(names(plan(gathering)))
                .containsExactlyInAnyOrder(
                        "datadog/case COMMENT", "servicenow/incident COMMENT", "pagerduty/incident COMMENT");
    }

    /** Another hub takes it over, to which it is new: one platform has it already. */
    @Test
    void waitsNotOnceSomePlatformHasIt() {
        // Given
        var gathering = gathering();
        var told = gathering.withComments(gathering.comments().stream()
                .map(comment -> comment.withWritten(Set.of("pagerduty")))
                .toList());

        // Then
        assertThat(names(plan(told))).containsExactlyInAnyOrder("datadog/case COMMENT", "servicenow/incident COMMENT");
    }

    @Test
    void isCompleteWhenTheyStandEverywhere() {
        // Given
        var incident = commented("servicenow", 3);

        // When
        for (var plan = plan(incident); !plan.steps().isEmpty(); plan = plan(incident)) {
            incident = incident.outcome(plan.steps().get(0), new Outcome.Commented())
                    .incident();
        }

        // Then
        assertThat(plan(incident).isComplete()).isTrue();
        assertThat(incident.comments()).allMatch(one -> one.standsOn("datadog") && one.standsOn("pagerduty"));
    }

    @Test
    void waitsUntilTheOtherRecordIsThere() {
        // Given
        var alone = hear(Samples.opened(Samples.newIncident(), "pagerduty", "incident"), "pagerduty", 1);

        // Then
        assertThat(names(plan(alone))).noneMatch(name -> name.contains("COMMENT"));
        assertThat(names(plan(Samples.opened(alone, "datadog", "case")))).contains("datadog/case COMMENT");
    }

    @Test
    void goesOnWithTheNextWhereOneIsRefused() {
        // Given
        var incident = commented("pagerduty", 2);
        var first = started(step(plan(incident), "servicenow"));

        // When
        var refused = first.incident()
                .outcome(first, new Outcome.Refused(403, "a filter", Instant.EPOCH, null))
                .incident();
        var second = started(step(plan(refused), "servicenow"));
        var done = second.incident().outcome(second, new Outcome.Commented()).incident();

        // Then
        assertThat(second.comment().key()).isEqualTo(incident.comments().get(1).key());
        assertThat(names(plan(done))).containsExactly("datadog/case COMMENT");
        assertThat(done.part("servicenow", "incident").rejections()).containsOnlyKeys("comment");
    }

    @Test
    void writesARefusedOneWhenItIsTriedAgain() {
        // Given
        var first = started(step(plan(commented("pagerduty", 1)), "servicenow"));
        var refused = first.incident()
                .outcome(first, new Outcome.Refused(403, "a filter", Instant.EPOCH, null))
                .incident();

        // When
        var mended =
                refused.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident();
        var again = started(step(plan(mended), "servicenow"));
        var done = again.incident().outcome(again, new Outcome.Commented()).incident();

        // Then
        assertThat(again.comment().key()).isEqualTo(first.comment().key());
        assertThat(done.part("servicenow", "incident").rejections()).isEmpty();
    }

    /** A resolved incident does not stay open on a platform that does not take a comment. */
    @Test
    void goesOnWithAllElseWhileACommentOrATitleWaits() {
        // Given
        var resolved = commented("pagerduty", 1).desiring(Status.RESOLVED, Priority.P1);
        var comments = Holds.of("servicenow", "incident", "comment");
        var titles = Holds.of("servicenow", "incident", "title");

        // When
        var plan = Plan.of(
                resolved,
                Samples.PROFILES,
                clock,
                what -> what.equals(comments) || what.equals(titles) ? Plan.UNTIL_TOLD : Duration.ZERO);

        // Then
        assertThat(names(plan))
                .contains("servicenow/incident UPDATE", "datadog/case COMMENT")
                .doesNotContain("servicenow/incident COMMENT");
        assertThat(plan.blocked()).isTrue();
    }

    /** However late it is tried again, it would stand twice if one of the writings before had its effect. */
    @Test
    void readsFirstWhatWasGivenUpWithoutAnAnswer() {
        // Given
        var first = started(step(plan(commented("pagerduty", 1)), "servicenow"));
        var refused = first.incident()
                .outcome(first, new Outcome.Refused(500, "500", Instant.EPOCH, null, 60_000, true))
                .incident();
        assertThat(plan(refused).steps()).noneMatch(one -> one.platform().equals("servicenow"));

        // When
        var again = started(step(
                plan(refused.retrying(Rule.OPERATOR, (platform, refusal) -> true)
                        .incident()),
                "servicenow"));
        var done = again.incident().outcome(again, new Outcome.Commented()).incident();

        // Then
        assertThat(again.afterUnknown()).isTrue();
        assertThat(done.comments()).singleElement().satisfies(one -> assertThat(one.isDoubtedOn("servicenow"))
                .isFalse());
    }

    @Test
    void readsFirstAfterACallOfUnknownOutcome() {
        // Given
        var step = started(step(plan(commented("pagerduty", 1)), "servicenow"));

        // When
        var unknown = step.incident()
                .outcome(step, new Outcome.Unknown("timeout", 60_000, Samples.STARTED))
                .incident();

        // Then: written again at once it would stand twice, should the first writing take effect late
        assertThat(plan(unknown).steps()).noneMatch(one -> one.platform().equals("servicenow"));
        assertThat(plan(unknown).blocked()).isTrue();
        after(Samples.SERVICENOW.timeout().plus(Samples.SERVICENOW.settle()));
        assertThat(step(plan(unknown), "servicenow").afterUnknown()).isTrue();
    }

    @Test
    void readsFirstWhenAHubHasCrashedDuringTheCall() {
        // Given
        var step = started(step(plan(commented("pagerduty", 1)), "servicenow"));
        assertThat(plan(step.incident()).steps())
                .noneMatch(one -> one.platform().equals("servicenow"));

        // When
        after(DEADLINE.plus(Samples.SERVICENOW.settle()));

        // Then
        assertThat(step(plan(step.incident()), "servicenow").afterUnknown()).isTrue();
    }

    @Test
    void needsNotReadWhereTheCallHadSurelyNoEffect() {
        // Given
        var step = started(step(plan(commented("pagerduty", 1)), "servicenow"));

        // When
        var undone = step.incident().outcome(step, new Outcome.Undone("429")).incident();

        // Then
        assertThat(step(plan(undone), "servicenow").afterUnknown()).isFalse();
    }

    @Test
    void isWrittenWithMarkAuthorAndOrigin() {
        assertThat(CommentNotes.text("[fusion:x]", WORDS, "ServiceNow", "", "https://x.example/1", 500))
                .isEqualTo("[fusion:x] Jane Doe in ServiceNow: The broker is full.");
        assertThat(CommentNotes.text(
                        "[fusion:x]", new CommentTexts.Words("", "Full."), "ServiceNow", " at noon", "", 500))
                .isEqualTo("[fusion:x] Somebody in ServiceNow at noon: Full.");
    }

    /** Its webhook came late, or it was refused before. */
    @Test
    void saysWhenItWasWrittenWhereALaterOneStandsBeforeIt() {
        // Given
        var notes = new CommentNotes(new InMemoryCommentTexts(), new Platforms(Samples.PROFILES));
        var both = commented("pagerduty", 2);
        var first = started(step(plan(both), "servicenow"));
        var refused = first.incident()
                .outcome(first, new Outcome.Refused(403, "a filter", Instant.EPOCH, null))
                .incident();
        var second = started(step(plan(refused), "servicenow"));
        var later = second.incident().outcome(second, new Outcome.Commented()).incident();

        // When
        var again = step(
                plan(later.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident()), "servicenow");

        // Then
        assertThat(notes.view(first).path("text").asText()).doesNotContain("UTC");
        assertThat(notes.view(second).path("text").asText()).doesNotContain("UTC");
        assertThat(again.comment().key()).isEqualTo(first.comment().key());
        assertThat(notes.view(again).path("text").asText()).contains(" at 2026-01-31 12:00:00 UTC wrote a comment");
    }

    @Test
    void saysWhereTheRestIsWhenItIsCut() {
        // Given
        var words = new CommentTexts.Words("Jane Doe", "\uD83D\uDE00".repeat(600));

        // When
        var text = CommentNotes.text("[fusion:x]", words, "ServiceNow", "", "https://x.example/1", 501);

        // Then
        assertThat(text)
                .hasSizeLessThanOrEqualTo(501)
                .startsWith("[fusion:x] Jane Doe in ServiceNow: \uD83D\uDE00")
                .endsWith("\uD83D\uDE00\n[cut by Fusion Hub, all of it is in ServiceNow: https://x.example/1]");
    }

    @Test
    void saysWhereItIsWhenItsTextIsNotKeptAnyMore() {
        assertThat(CommentNotes.text(
                        "[fusion:x]", new CommentTexts.Words("", ""), "ServiceNow", "", "https://x.example/1", 500))
                .isEqualTo("[fusion:x] Somebody in ServiceNow wrote a comment that the hub does not have any more; "
                        + "it is in ServiceNow: https://x.example/1");
    }

    /** As converge does it: the attempt is stored, then the call begins. */
    private Step started(Step step) {
        var attempt = attempt("a-" + step.name());
        attempt = attempt.withTarget(Map.of("comment", step.comment().key()));
        clock.own(attempt);
        clock.begin(attempt);
        var stored = attempt;
        return step.on(step.incident().withPart(step.platform(), step.part(), part -> part.commenting(stored)));
    }

    private static Incident commented(String platform, int count) {
        return hear(linked(), platform, count);
    }

    private static Incident hear(Incident incident, String platform, int count) {
        var next = incident;
        for (int number = 0; number < count; number++) {
            var nothing = new Observation.Field("", Instant.EPOCH, -1);
            var comment = new Comment("c" + number, NOW.plusSeconds(number), "Jane Doe", "text " + number, false);
            next = next.observe(
                            new Observation(
                                    platform,
                                    "incident",
                                    null,
                                    next.part(platform, "incident").reference(),
                                    nothing,
                                    nothing,
                                    Observation.Field.NOT_SAID,
                                    SignalEnd.RESOLVE,
                                    List.of(comment),
                                    null),
                            Samples.HEARING)
                    .incident();
        }
        return next;
    }
}
