package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.incident.FailedWork;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

import static org.assertj.core.api.Assertions.assertThat;

/** When what a platform refused is tried again. */
class RefusedAgainRouteTest extends NatsRouteTest {

    private static final Duration EVERY = Duration.ofMinutes(10);
    private static final String OTHER = "0000+";

    private final List<IncidentIndex.Row> index = new ArrayList<>();

    @Override
    List<String> routeFiles() {
        var files = new ArrayList<>(callsOf("pagerduty"));
        files.add("upkeep.camel.yaml");
        return files;
    }

    @Override
    String route() {
        return "refused-again";
    }

    @Override
    Beans beans() {
        return super.beans().with(IncidentIndex.class, new IncidentIndex(null, new AttemptClock(Duration.ZERO)) {
            @Override
            public Collection<Row> rows() {
                return index;
            }

            @Override
            public boolean isComplete() {
                return true;
            }
        });
    }

    @Override
    void prepare() throws Exception {
        AdviceWith.adviceWith(context, "refused-again", route -> route.replaceFromWith("direct:look-now"));
    }

    private void look() {
        template.sendBody("direct:look-now", null);
    }

    private String configuration() {
        return beans.get(Platforms.class).configuration("pagerduty");
    }

    private Incident refused(String operation, String configuration) {
        var refusal = new Rejection(operation, 400, "Nobody On Call", 1, Samples.STARTED, configuration);
        return Samples.newIncident()
                .withReceivedAt(Instant.now())
                .withPart("pagerduty", "incident", part -> part.rejected(refusal))
                .settled(Set.of());
    }

    /** Stored, and seen by the index so long ago. */
    private void known(Incident incident, Duration ago) {
        store.create(incident);
        index.clear();
        index.add(IncidentIndex.Row.of(incident, Instant.now().minus(ago), System.nanoTime() - ago.toNanos()));
    }

    private boolean isTriedAgain() {
        return !store.get(Samples.ID).isSettled();
    }

    @ParameterizedTest
    @CsvSource({
        // a create, after its time and not before; a link after six times that; an update only when something was
        // mended
        "open, 11, true",
        "open, 9, false",
        "open, 61, true",
        "link, 59, false",
        "link, 61, true",
        "update, 1000, false",
    })
    void triesCreatesAndLinksAgainFromTimeToTime(String operation, int minutes, boolean again) {
        known(refused(operation, configuration()), Duration.ofMinutes(minutes));

        look();

        assertThat(isTriedAgain()).isEqualTo(again);
        assertThat(work.ids()).hasSize(again ? 1 : 0);
        assertThat(timeline.texts(Samples.ID)).hasSize(again ? 1 : 0);
    }

    /** Something else than its text may have been the cause; whoever wrote it waits for it, also when the incident is over. */
    @ParameterizedTest
    @CsvSource({
        // operation, minutes since it is refused, minutes since it was tried last
        "comment, 12, 11, true",
        "comment, 12, 9, false",
        "title, 12, 11, true",
        "comment, 90, 30, false",
        "comment, 90, 61, true",
        "title, 90, 61, true",
        "link, 12, 11, true",
        "link, 90, 30, false",
        "update, 90, 61, true",
        "read, 1441, 61, false",
        "comment, 1441, 61, false",
        "title, 1441, 61, false"
    })
    void triesWhatFailsAgainForADay(String operation, int since, int minutes, boolean again) {
        var failed = new FailedWork(7, Instant.now().minus(Duration.ofMinutes(since)), Map.of());
        var refusal = new Rejection(operation, 503, "no", 2, Samples.STARTED, configuration());
        var over = Samples.newIncident()
                .desiring(Status.RESOLVED, Priority.P1)
                .withReceivedAt(Instant.now().minus(Duration.ofDays(3)))
                .withPart("pagerduty", "incident", part -> part.rejected(refusal)
                        .withFailedWork(Map.of(operation + ":c0ffee123456", failed)))
                .settled(Set.of());
        known(over, Duration.ofMinutes(minutes));

        look();

        assertThat(isTriedAgain()).isEqualTo(again);
    }

    @Test
    void saysWhatIsTriedAgainAndDoesSoOnceInThatTime() {
        known(refused("open", configuration()), EVERY.plusMinutes(1));
        look();
        assertThat(timeline.texts(Samples.ID))
                .containsExactly(
                        "open of pagerduty incident is tried again, which was refused: Nobody On Call (the platform"
                                + " may take it now)");

        // Refused again a moment later, of which the index has heard nothing yet.
        store.change(Samples.ID, same -> refused("open", configuration()));
        look();

        assertThat(timeline.texts(Samples.ID)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"RESOLVED, P1, 1", "OPEN, P3, 1", "OPEN, P1, 25"})
    void repeatsNoCreateThatNobodyNeeds(Status status, Priority priority, int hours) {
        var refusal = new Rejection("open", 400, "no", 2, Samples.STARTED, configuration());
        var over = Samples.newIncident()
                .desiring(status, priority)
                .withReceivedAt(Instant.now().minus(Duration.ofHours(hours)))
                .withPart("pagerduty", "incident", part -> part.rejected(refusal))
                .settled(Set.of());
        known(over, EVERY.plusMinutes(1));

        look();

        assertThat(store.get(Samples.ID)).isEqualTo(over);
    }

    @ParameterizedTest
    @CsvSource({"open", "update", "link", "close"})
    void triesAgainWhatAPlatformRefusedThatIsResumed(String operation) {
        known(refused(operation, configuration()), Duration.ofMinutes(1));
        look();
        assertThat(isTriedAgain()).isFalse();

        var availability = beans.get(Availability.class);
        availability.of("pagerduty").pause("left");
        availability.accepted("pagerduty");
        look();

        assertThat(isTriedAgain()).isTrue();
    }

    @Test
    void aProbeOfAPlatformThatWasNotPausedMendsNothing() {
        known(refused("open", configuration()), Duration.ofMinutes(1));
        look();

        beans.get(Availability.class).accepted("pagerduty");
        look();

        assertThat(isTriedAgain()).isFalse();
    }

    @Test
    void triesAgainAtItsStartWhatWasRefusedUnderAnotherConfiguration() {
        known(refused("update", OTHER), Duration.ofMinutes(1));
        look();
        assertThat(isTriedAgain()).isTrue();
        assertThat(timeline.texts(Samples.ID))
                .singleElement()
                .asString()
                .endsWith("(the platform is configured otherwise)");
    }

    /** A rule of the platform put it back: it would do so again, whatever the hub's configuration is. */
    @Test
    void doesNotRepeatAtItsStartWhatNobodyRefused() {
        known(refused("update", null), Duration.ofMinutes(1));

        look();

        assertThat(isTriedAgain()).isFalse();
    }

    /** Two hubs of two configurations would else undo each other's refusals for ever. */
    @Test
    void asksForTheConfigurationOnlyOnce() {
        look();
        known(refused("update", OTHER), Duration.ofMinutes(1));

        look();

        assertThat(isTriedAgain()).isFalse();
    }

    @Test
    void triesAgainWhenAListOfTheAccountIsAnotherOne() {
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");
        known(refused("update", configuration()), Duration.ofMinutes(1));
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");
        look();
        assertThat(isTriedAgain()).isFalse();

        sandbox.settings(Map.of("pagerduty", Map.of("priorityNames", List.of("SEV-1", "SEV-2"))));
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");
        look();

        assertThat(isTriedAgain()).isTrue();
    }
}
