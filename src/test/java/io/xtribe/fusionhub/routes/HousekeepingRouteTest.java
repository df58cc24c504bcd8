package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.End;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.KvCommentTexts;
import io.xtribe.fusionhub.nats.KvEndStore;
import io.xtribe.fusionhub.nats.KvIncidentStore;
import io.xtribe.fusionhub.nats.KvReferenceStore;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.upkeep.Housekeeping;
import io.xtribe.fusionhub.upkeep.IncidentIndex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is closed for 30 days goes, with its references; by a clock that the tests set. */
class HousekeepingRouteTest extends NatsRouteTest {

    private static final Duration KEPT = Duration.ofDays(30);

    /** How far this test's clock is ahead. */
    private Duration ahead = Duration.ZERO;

    private final InstantSource clock = () -> Instant.now().plus(ahead);

    private IncidentIndex index;
    private KvIncidentStore incidents;
    private KvReferenceStore refs;

    @Override
    List<String> routeFiles() {
        return callsOf();
    }

    @Override
    String route() {
        return "housekeeping";
    }

    @Override
    Beans beans() {
        return super.beans().with(InstantSource.class, clock);
    }

    @Override
    void prepare() throws Exception {
        incidents = new KvIncidentStore(link);
        refs = new KvReferenceStore(link);
        index = beans.get(IncidentIndex.class);
        index.watch();
        AdviceWith.adviceWith(context, "housekeeping", route -> route.replaceFromWith("direct:keep-house"));
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(
                link, index, refs, new KvEndStore(link, clock), new KvCommentTexts(link, clock), new HubId(), clock);
    }

    private void keepHouse(Duration later) {
        ahead = later;
        template.sendBody("direct:keep-house", null);
    }

    /** Stores the record, opened on every platform, and claims its records for it; the index knows of it. */
    private void stored(Status status, boolean settled) {
        var desired = Samples.opened().desiring(status, Priority.P1);
        var incident = settled ? desired.settled(Set.of()) : desired;
        assertThat(incidents.create(incident)).isPresent();
        incident.platforms()
                .forEach((platform, parts) -> parts.forEach((name, part) ->
                        refs.claim(platform, name, part.reference().id(), Samples.ID)));
        await().atMost(SOON).until(() -> index.knows(Samples.ID));
    }

    private Optional<String> incidentOfPage() {
        return refs.find(
                "pagerduty",
                "incident",
                Samples.reference("pagerduty", "incident").id());
    }

    @Test
    void removesWhatWasClosedLongAgoWithItsReferences() {
        stored(Status.RESOLVED, true);

        keepHouse(KEPT.plusMinutes(1));

        assertThat(incidents.find(Samples.ID)).isEmpty();
        for (var profile : Samples.PROFILES) {
            for (var part : profile.parts()) {
                var record = Samples.reference(profile.name(), part).id();
                assertThat(refs.find(profile.name(), part, record))
                        .as(profile.name() + " " + part)
                        .isEmpty();
            }
        }
    }

    @Test
    void forgetsAnEndAfterADay() {
        var ends = new KvEndStore(link, clock);
        var end = new End(Instant.now().truncatedTo(ChronoUnit.MILLIS), true, 7);
        ends.remember(Samples.ID, end);
        ends.remember(Samples.ID, new End(end.at().minusSeconds(60), true, 6));

        ahead = Duration.ofHours(23);
        assertThat(ends.find(Samples.ID)).contains(end);

        keepHouse(Duration.ofHours(25));

        assertThat(link.bucket(Names.REFS_BUCKET).keys("ended.>")).isEmpty();
        assertThat(ends.find(Samples.ID)).isEmpty();
        ends.remember(Samples.ID, new End(end.at().plusSeconds(60), true, 8));
        assertThat(link.bucket(Names.REFS_BUCKET).keys("ended.>")).hasSize(1);
    }

    /** Before it is removed, too: housekeeping comes once an hour, and only where a hub runs. */
    @Test
    void doesNotFindAnEndThatIsTooOld() {
        var ends = new KvEndStore(link, clock);
        var old = new End(Instant.now().truncatedTo(ChronoUnit.MILLIS), true, -1);
        ends.remember(Samples.ID, old);

        ahead = Duration.ofHours(25);

        assertThat(ends.find(Samples.ID)).isEmpty();
    }

    @Test
    void keepsItForAReplayedSignalUntilThen() {
        stored(Status.RESOLVED, true);

        keepHouse(KEPT.minusMinutes(1));

        assertThat(incidents.find(Samples.ID)).isPresent();
        assertThat(incidentOfPage()).contains(Samples.ID);
    }

    @Test
    void keepsWhatIsStillOpenHoweverOld() {
        stored(Status.ACKNOWLEDGED, true);

        keepHouse(KEPT.multipliedBy(12));

        assertThat(incidents.find(Samples.ID)).isPresent();
        assertThat(incidentOfPage()).contains(Samples.ID);
    }

    @Test
    void keepsWhatSomePlatformIsStillToBeToldOf() {
        stored(Status.RESOLVED, false);

        keepHouse(KEPT.multipliedBy(12));

        assertThat(incidents.find(Samples.ID)).isPresent();
        assertThat(incidentOfPage()).contains(Samples.ID);
    }

    @Test
    void isDoneByOneHubAtATime() throws Exception {
        ahead = KEPT.plusMinutes(1);
        var mine = housekeeping();
        var theirs = housekeeping();
        mine.run();
        theirs.run();
        stored(Status.RESOLVED, true);

        mine.run();
        assertThat(incidents.find(Samples.ID)).as("theirs was the last turn").isPresent();

        theirs.run();
        assertThat(incidents.find(Samples.ID)).isEmpty();
    }

    @Test
    void isTakenOverFromAHubThatIsGone() throws Exception {
        ahead = KEPT.plusMinutes(1);
        var mine = housekeeping();
        var gone = housekeeping();
        mine.run();
        gone.run();
        mine.run();
        stored(Status.RESOLVED, true);

        mine.run();

        assertThat(incidents.find(Samples.ID)).isEmpty();
    }

    @Test
    void isLeftToItsNextRoundWhileNatsIsAway() throws Exception {
        stored(Status.RESOLVED, true);

        whileNatsIsAway(() -> keepHouse(KEPT.plusMinutes(1)));
        assertThat(incidents.find(Samples.ID)).isPresent();

        keepHouse(KEPT.plusMinutes(1));
        assertThat(incidents.find(Samples.ID)).isEmpty();
    }
}
