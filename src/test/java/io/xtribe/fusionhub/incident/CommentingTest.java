package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.signal.Comment;
import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** Each comment is taken in once, whatever webhooks and lists tell of it, and in whatever order. */
class CommentingTest {

    private static final Instant T0 = Samples.STARTED;
    private static final Observation.Field NOTHING = new Observation.Field("", Instant.EPOCH, -1);

    @Test
    void takesInACommentOnceThatIsToldTwice() {
        // When
        var next = hear(settled(), "pagerduty", comment("n1", 0, "restarted"), comment("n1", 0, "restarted"));
        next = hear(next, "pagerduty", comment("n1", 0, "restarted"));

        // Then
        assertThat(next.comments()).hasSize(1);
        assertThat(next.isSettled()).isFalse();
        assertThat(next.generation()).isEqualTo(settled().generation());
    }

    @Test
    void isNoWorkWhenItSaysNothingNew() {
        // Given
        var known = hear(settled(), "pagerduty", comment("n1", 0, "restarted")).settled(Set.of());

        // When
        var next = hear(known, "pagerduty", comment("n1", 0, "restarted"));

        // Then
        assertThat(next).isEqualTo(known);
    }

    @Test
    void knowsACommentAgainUnderTheIdThatAListTells() {
        // When
        var told = hear(settled(), "servicenow", comment("~a-0", 0, "restarted\nnow"));
        var listed = hear(told, "servicenow", comment("j1", 2, "restarted  now"));
        var again = hear(listed, "servicenow", comment("j1", 2, "restarted now"), comment("~a-0", 0, "restarted now"));

        // Then
        assertThat(again.comments()).hasSize(1);
        assertThat(again.comments().get(0).ids()).containsExactly("j1", "~a-0");
    }

    @Test
    void takesInTheSameWordsTwiceWhereTheyWereWrittenTwice() {
        // When
        var told = hear(settled(), "servicenow", comment("~a-0", 0, "+1"));
        told = hear(told, "servicenow", comment("~b-0", 5, "+1"));
        var listed = hear(told, "servicenow", comment("j1", 0, "+1"), comment("j2", 5, "+1"), comment("j3", 9, "+1"));

        // Then
        assertThat(listed.comments()).hasSize(3);
    }

    @Test
    void takesInTheSameWordsOfAnotherDay() {
        // When
        var told = hear(settled(), "servicenow", comment("~a-0", 0, "+1"));
        var listed = hear(told, "servicenow", comment("j2", 86_400, "+1"));

        // Then
        assertThat(listed.comments()).hasSize(2);
    }

    @Test
    void leavesAloneWhatTheHubWrote() {
        // When
        var next = hear(
                settled(),
                "pagerduty",
                comment("n1", 0, CommentMark.of(Samples.ID, "0123456789ab") + " Jane Doe in ServiceNow: done"),
                comment("n2", 0, "[fusion:" + Samples.ID + "]\nservicenow INC1: https://x.example"),
                comment("n3", 0, "  [FUSION:" + Samples.ID + "] Duplicate of x"));

        // Then
        assertThat(next).isEqualTo(settled());
    }

    @Test
    void takesInAPersonsWordsThatQuoteOurs() {
        assertThat(hear(settled(), "pagerduty", comment("n1", 0, "> [fusion:" + Samples.ID + "] x\nwrong!"))
                        .comments())
                .hasSize(1);
    }

    @Test
    void leavesAloneWhatIsSaidOfACopy() {
        // Given
        var copy = new Reference("copy", "#2", "https://x.example/2", false, true);

        // When
        var next = settled()
                .observe(
                        new Observation(
                                "pagerduty",
                                "incident",
                                null,
                                copy,
                                NOTHING,
                                NOTHING,
                                Observation.Field.NOT_SAID,
                                SignalEnd.RESOLVE,
                                List.of(comment("n1", 0, "x")),
                                null),
                        Samples.HEARING)
                .incident();

        // Then
        assertThat(next.comments()).isEmpty();
    }

    @Test
    void ordersThemByTheirTimeOnTheirPlatform() {
        // When
        var next = hear(settled(), "pagerduty", comment("n2", 2, "second"));
        next = hear(next, "servicenow", comment("~s", 0, "elsewhere"));
        next = hear(next, "pagerduty", comment("n1", 1, "first"), comment("n3", 3, "third"));

        // Then
        assertThat(next.comments().stream()
                        .filter(one -> one.platform().equals("pagerduty"))
                        .map(one -> one.ids().iterator().next()))
                .containsExactly("n1", "n2", "n3");
    }

    @Test
    void doesNotAskAgainWhetherAnOldTriggerStands() {
        // Given
        var asked =
                Samples.opened(Samples.unconfirmed(), "pagerduty", "incident").settled(Set.of());

        // When
        var next = hear(asked, "pagerduty", comment("n1", 0, "x"));

        // Then
        assertThat(next.isSettled()).isTrue();
    }

    @Test
    void forgetsTheEarliestAndDoesNotTakeThemInAgain() {
        // Given
        var all = new ArrayList<Comment>();
        for (int number = 0; number < 450; number++) {
            all.add(comment("n" + number, number, "text " + number));
        }
        var incident = settled();
        for (var one : all) {
            incident = hear(incident, "pagerduty", one);
            for (var comment : incident.comments()) {
                incident = Commenting.changed(
                        incident, comment.key(), it -> it.writtenOn("datadog").writtenOn("servicenow"));
            }
        }

        // When
        var listed = hear(incident, "pagerduty", all.toArray(new Comment[0]));

        // Then
        assertThat(listed).isEqualTo(incident);
        assertThat(listed.comments()).hasSize(Commenting.KEPT);
    }

    @Test
    void givesUpACommentOnlyWhereTooManyWaitAndSaysSo() {
        // Given
        var incident = settled();
        for (int number = 0; number < Commenting.KEPT; number++) {
            incident = hear(incident, "pagerduty", comment("n" + number, number, "text " + number));
        }
        var done = incident.comments().get(7).key();
        var oneDone =
                Commenting.changed(incident, done, it -> it.writtenOn("datadog").writtenOn("servicenow"));

        // When
        var dropsDone = hear(oneDone, "pagerduty", comment("last", 1000, "x"));
        var change = dropsDone.observe(observation("pagerduty", List.of(comment("over", 1001, "x"))), Samples.HEARING);

        // Then
        assertThat(dropsDone.comments()).noneMatch(one -> one.key().equals(done));
        assertThat(dropsDone.comments()).hasSize(Commenting.KEPT);
        assertThat(change.notes()).anyMatch(note -> note.contains("is given up"));
    }

    @Test
    void keepsTheRecordSmallWithAsManyCommentsAsItMayHave() {
        // Given
        var incident = new IncidentBuilder()
                .from(settled())
                .title("t".repeat(Title.LIMIT))
                .description("d".repeat(Trigger.DESCRIPTION_LIMIT))
                .build();
        for (int number = 0; number < Commenting.KEPT; number++) {
            var at = 1000 + number;
            incident = hear(incident, "servicenow", comment("~0123456789ab-" + number, at, "text " + number));
            incident = hear(incident, "servicenow", comment("%032x".formatted(number), at, "text " + number));
        }
        for (var comment : incident.comments()) {
            incident = Commenting.changed(
                    incident, comment.key(), it -> it.writtenOn("datadog").refusedBy("pagerduty", 7));
        }

        // Then
        assertThat(incident.comments()).hasSize(Commenting.KEPT);
        assertThat(IncidentJson.write(incident).length).isLessThan(64 * 1024);
    }

    private static Incident settled() {
        return Samples.opened().settled(Set.of());
    }

    private static Comment comment(String id, int second, String text) {
        return new Comment(id, T0.plusSeconds(second), "Jane Doe", text, false);
    }

    private static Incident hear(Incident incident, String platform, Comment... told) {
        return incident.observe(observation(platform, List.of(told)), Samples.HEARING)
                .incident();
    }

    private static Observation observation(String platform, List<Comment> told) {
        return new Observation(
                platform,
                "incident",
                null,
                Samples.reference(platform, "incident"),
                NOTHING,
                NOTHING,
                Observation.Field.NOT_SAID,
                SignalEnd.RESOLVE,
                told,
                null);
    }
}
