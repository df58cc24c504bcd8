package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose page it is stays theirs; who cannot see in their own record what happened elsewhere is told. */
class AcknowledgingTest {

    private static final Incident INCIDENT = Samples.opened();

    /** Datadog's case shows both; the hub acknowledges no page, and brings no ticket back from In Progress. */
    private static final ChangeRules RULES = new ChangeRules(
            List.of(),
            Duration.ZERO,
            3,
            Duration.ofMinutes(10),
            Set.of("pagerduty"),
            Set.of("pagerduty", "servicenow"),
            Set.of());

    private static Instant at(int second) {
        return Samples.STARTED.plusSeconds(second);
    }

    private static Incident says(Incident incident, String platform, String status, int second) {
        var part = platform.equals("datadog") ? "case" : "incident";
        var said = new Observation(
                platform,
                part,
                null,
                INCIDENT.part(platform, part).reference(),
                new Observation.Field(status, at(second), -1),
                new Observation.Field("", at(second), -1));
        var hearing = new Hearing(at(second), RULES);
        var after = incident.observe(said, hearing).incident();
        assertThat(after.observe(said, hearing).incident())
                .as("the same once more")
                .isEqualTo(after);
        return after;
    }

    private static void assertToldOnlyOn(KeptComment comment, String words, Set<String> platforms) {
        assertThat(comment.said()).isEqualTo(words);
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            assertThat(comment.standsOn(platform)).as(platform).isNotEqualTo(platforms.contains(platform));
        }
    }

    @Test
    void anAcknowledgementIsToldWhereTheHubDoesNotAcknowledge() {
        var after = says(INCIDENT, "servicenow", "acknowledged", 9);

        assertThat(after.status()).isEqualTo(Status.ACKNOWLEDGED);
        assertThat(after.comments())
                .singleElement()
                .satisfies(comment -> assertToldOnlyOn(comment, "acknowledged in {servicenow}", Set.of("pagerduty")));
    }

    @Test
    void oneThatIsTakenBackInPagerDutyIsToldInServiceNow() {
        var acknowledged = says(INCIDENT, "pagerduty", "acknowledged", 9);
        assertThat(acknowledged.comments()).isEmpty();

        var after = says(acknowledged, "pagerduty", "open", 20);

        assertThat(after.status()).isEqualTo(Status.OPEN);
        assertThat(after.comments())
                .singleElement()
                .satisfies(comment ->
                        assertToldOnlyOn(comment, "acknowledgement taken back in {pagerduty}", Set.of("servicenow")));
    }

    @Test
    void oneThatIsTakenBackInServiceNowIsToldThoseOnCall() {
        var after = says(says(INCIDENT, "servicenow", "acknowledged", 9), "servicenow", "open", 20);

        assertThat(after.comments().get(after.comments().size() - 1))
                .satisfies(comment ->
                        assertToldOnlyOn(comment, "acknowledgement taken back in {servicenow}", Set.of("pagerduty")));
    }

    /** The ticket is In Progress since the first time, so that its state does not tell of the second. */
    @Test
    void oneThatIsGivenAgainIsToldWhereTheStateIsStillThatOfTheFirst() {
        var first = says(INCIDENT, "pagerduty", "acknowledged", 9)
                .withPart(
                        "servicenow",
                        "incident",
                        part -> part.showing(new Known(
                                Status.ACKNOWLEDGED, part.known().priority().value(), at(10), -1)));
        var again = says(says(first, "pagerduty", "open", 20), "pagerduty", "acknowledged", 30);

        assertThat(again.comments()).hasSize(2);
        assertToldOnlyOn(again.comments().get(1), "acknowledged in {pagerduty}", Set.of("servicenow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"resolved", "open"})
    void anEndTakesNothingBack(String status) {
        var acknowledged = says(INCIDENT, "pagerduty", "acknowledged", 9);
        var ended = says(acknowledged, "pagerduty", "resolved", 20);

        assertThat(says(ended, "pagerduty", status, 30).comments()).isEmpty();
    }
}
