package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.signal.SignalEnd;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What a record tells of the links that the hub has written there. */
class LostLinksTest {

    private static final Instant NOW = Instant.parse("2026-01-31T13:00:00Z");
    private static final String PAGE = "https://acme.pagerduty.com/incidents/PD1";
    private static final String ALERT = "https://app.datadoghq.com/incidents/1";

    private final Incident linked = linked();

    private static Incident linked() {
        var reference = Samples.reference("servicenow", "incident");
        return Samples.newIncident()
                .withPart("servicenow", "incident", part -> part.opened(
                                reference, new Known(Status.OPEN, Priority.P1, Samples.STARTED, 1))
                        .linked(Map.of("pagerduty", PAGE, "datadog", ALERT)))
                .settled(Set.of());
    }

    private static Observation said(Instant at, List<String> links) {
        return new Observation(
                "servicenow",
                "incident",
                null,
                Samples.reference("servicenow", "incident"),
                new Observation.Field("", at, -1),
                new Observation.Field("", at, -1),
                Observation.Field.NOT_SAID,
                SignalEnd.RESOLVE,
                List.of(),
                links);
    }

    private static Incident after(Incident incident, Instant at, String... links) {
        return incident.observe(said(at, List.of(links)), Samples.HEARING).incident();
    }

    private static Map<String, String> links(Incident incident) {
        return incident.part("servicenow", "incident").links();
    }

    @Test
    void whatIsShownStays() {
        var next = after(linked, NOW, "see " + PAGE + ", and\n" + ALERT);

        assertThat(links(next)).hasSize(2);
        assertThat(next.isSettled()).isTrue();
    }

    @Test
    void whatIsGoneIsToBeWrittenAgain() {
        var change = linked.observe(said(NOW, List.of(ALERT)), Samples.HEARING);

        assertThat(links(change.incident())).containsOnlyKeys("datadog");
        assertThat(change.incident().isSettled()).isFalse();
        assertThat(change.notes()).anyMatch(note -> note.contains("pagerduty"));
    }

    /** /incidents/1 is not shown by /incidents/12. */
    @Test
    void aLongerAddressIsAnotherOne() {
        assertThat(links(after(linked, NOW, PAGE, ALERT + "2"))).containsOnlyKeys("pagerduty");
    }

    @Test
    void whoDoesNotTellOfLinksHasNotLostThem() {
        var next = linked.observe(said(NOW, null), Samples.HEARING).incident();

        assertThat(links(next)).hasSize(2);
        assertThat(next.isSettled()).isTrue();
    }

    @Test
    void onceAnHourAndThreeTimesAtMost() {
        var incident = linked;
        for (int times = 0; times < 3; times++) {
            var at = NOW.plus(Duration.ofHours(times));
            incident = after(incident, at, ALERT);
            assertThat(links(incident)).as("the loss of hour %d", times).containsOnlyKeys("datadog");
            incident = writtenAgain(incident);
            assertThat(links(after(incident, at.plus(Duration.ofMinutes(59)), ALERT)))
                    .hasSize(2);
        }
        assertThat(links(after(incident, NOW.plus(Duration.ofHours(9)), ALERT))).hasSize(2);
    }

    private static Incident writtenAgain(Incident incident) {
        return incident.withPart("servicenow", "incident", part -> part.linked(Map.of("pagerduty", PAGE)));
    }

    @Test
    void nothingIsWrittenAgainWhenItIsOver() {
        var over = linked.desiring(Status.RESOLVED, Priority.P1);

        assertThat(links(after(over, NOW))).hasSize(2);
    }

    @Test
    void theRecordKeepsWhenThatWas() {
        var part = after(linked, NOW, ALERT).part("servicenow", "incident");

        assertThat(part.repairs()).containsOnlyKeys("pagerduty");
        assertThat(part.repairs().get("pagerduty")).isEqualTo(new Repair(1, NOW));
    }
}
