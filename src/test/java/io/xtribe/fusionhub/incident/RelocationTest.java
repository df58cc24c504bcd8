package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What a poll tells of where a record's page is. */
class RelocationTest {

    private static final Instant NOW = Instant.parse("2026-01-31T13:00:00Z");
    private static final String MOVED = "https://new.example/incidents/1";

    private final Incident settled = Samples.opened().settled(Set.of());

    private static Observation said(String id, String url, Instant at) {
        var nothing = new Observation.Field("", at, -1);
        return new Observation(
                "pagerduty", "incident", null, new Reference(id, "#77", url, false, false), nothing, nothing);
    }

    private String id() {
        return settled.part("pagerduty", "incident").reference().id();
    }

    private static Reference page(Incident incident) {
        return incident.part("pagerduty", "incident").reference();
    }

    private Incident after(Incident incident, String url, Instant at) {
        return incident.observePolled(said(id(), url, at), Samples.HEARING).incident();
    }

    @Test
    void anotherUrlIsTheRecordsFromThenOn() {
        var next = after(settled, MOVED, NOW);

        assertThat(page(next).url()).isEqualTo(MOVED);
        assertThat(page(next).number()).isEqualTo("#77");
        assertThat(page(next).ours()).isEqualTo(page(settled).ours());
        assertThat(next.isSettled()).isFalse();
    }

    @Test
    void theSameUrlOrNoneIsNoWork() {
        assertThat(after(settled, page(settled).url(), NOW).isSettled()).isTrue();
        assertThat(after(settled, "", NOW).isSettled()).isTrue();
    }

    @Test
    void anotherRecordsUrlIsNotTaken() {
        var next = settled.observePolled(said("another", MOVED, NOW), Samples.HEARING)
                .incident();

        assertThat(page(next)).isEqualTo(page(settled));
    }

    /** Webhooks may have another form of it than the API. */
    @Test
    void aWebhookChangesNoUrl() {
        var next = settled.observe(said(id(), MOVED, NOW), Samples.HEARING).incident();

        assertThat(page(next)).isEqualTo(page(settled));
    }

    /** Two hubs with different settings would go on for ever. */
    @Test
    void atMostOnceAnHourAndThreeTimes() {
        var once = after(settled, MOVED, NOW);
        assertThat(page(after(once, MOVED + "/b", NOW.plusSeconds(3_599))).url())
                .isEqualTo(MOVED);

        var often = once;
        for (var hour = 1; hour < 5; hour++) {
            often = after(often, MOVED + "/" + hour, NOW.plusSeconds(3_600L * hour));
        }
        assertThat(page(often).url()).isEqualTo(MOVED + "/2");
    }
}
