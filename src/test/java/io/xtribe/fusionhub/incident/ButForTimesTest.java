package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What a job that compares thousands of records need not tell: that what is known was so later as well. */
class ButForTimesTest {

    private static final Incident INCIDENT = Samples.opened();

    private static Incident after(String status, String priority, Instant at) {
        var said = new Observation(
                "pagerduty",
                "incident",
                null,
                INCIDENT.part("pagerduty", "incident").reference(),
                new Observation.Field(status, at, -1),
                new Observation.Field(priority, at, -1));
        return INCIDENT.observe(said, Samples.hearing(at)).incident();
    }

    @Test
    void whatWasSoLaterAsWellDiffersInTimesOnly() {
        var later = after("open", "P1", Samples.STARTED.plusSeconds(900));

        assertThat(later).isNotEqualTo(INCIDENT);
        assertThat(later.isButForTimes(INCIDENT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"acknowledged, P1", "open, P2", "resolved, P1"})
    void whatSomebodyHasChangedDiffers(String status, String priority) {
        var changed = after(status, priority, Samples.STARTED.plusSeconds(900));

        assertThat(changed.isButForTimes(INCIDENT)).isFalse();
    }

    @Test
    void aLostLinkDiffers() {
        var linked = INCIDENT.withPart("pagerduty", "incident", part -> part.withLinks(Map.of("datadog", "u")));

        assertThat(linked.isButForTimes(INCIDENT)).isFalse();
    }
}
