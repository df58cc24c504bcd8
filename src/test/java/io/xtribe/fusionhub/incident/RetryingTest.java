package io.xtribe.fusionhub.incident;

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** Refusals that are taken back, because their cause may be mended. */
class RetryingTest {

    private static final Incident REFUSED = Samples.newIncident()
            .withPart("pagerduty", "incident", part -> part.rejected(refusal("open", 1)))
            .withPart("servicenow", "incident", part -> part.rejected(refusal("update", 1)))
            .settled(Set.of("rejected.1.pagerduty.incident.open"));

    private static Rejection refusal(String operation, long generation) {
        return new Rejection(operation, 400, "Nobody On Call", generation, Samples.STARTED, "ab12");
    }

    @Test
    void takesBackWhatIsChosenAndSaysSo() {
        // When
        var change = REFUSED.retrying(Rule.OPERATOR, (platform, refusal) -> platform.equals("pagerduty"));

        // Then
        var after = change.incident();
        assertThat(after.part("pagerduty", "incident").rejections()).isEmpty();
        assertThat(after.part("servicenow", "incident").rejections()).containsKey("update");
        assertThat(after.isSettled()).isFalse();
        assertThat(after.generation()).isEqualTo(1);
        assertThat(after.announced()).isEqualTo(REFUSED.announced());
        assertThat(change.notes())
                .containsExactly("open of pagerduty incident is tried again, which was refused: Nobody On Call");
    }

    @Test
    void changesNothingWhereNothingIsChosen() {
        var change = REFUSED.retrying(
                Rule.OPERATOR, (platform, refusal) -> refusal.operation().equals("link"));

        assertThat(change.incident()).isSameAs(REFUSED);
        assertThat(change.notes()).isEmpty();
    }

    /** Of an earlier generation a refusal does not stand any more. */
    @Test
    void passesOverWhatAnEarlierGenerationWasRefused() {
        var changed = REFUSED.desiring(Status.RESOLVED, Priority.P1).settled(Set.of());

        assertThat(changed.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident())
                .isSameAs(changed);
    }

    @Test
    void asksAgainAboutAnOldTrigger() {
        var refused = Samples.unconfirmed().rejected(refusal("read", 1)).settled(Set.of());

        var change = refused.retrying(Rule.OPERATOR, (platform, refusal) -> platform.equals("datadog"));

        assertThat(change.incident().rejections()).isEmpty();
        assertThat(change.incident().isSettled()).isFalse();
        assertThat(change.notes())
                .containsExactly("read of the origin on datadog is tried again, which was refused: Nobody On Call");
    }
}
