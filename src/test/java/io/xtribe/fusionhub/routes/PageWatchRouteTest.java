package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Held;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.KvIncidentStore;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.PageWatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The one failure that must never be quiet: counted, and told once, at ERROR. */
class PageWatchRouteTest extends NatsRouteTest {

    private static final Logger LOG = Logger.getLogger(PageWatch.class.getName());
    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            errors.add(line.getLevel() + " " + line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private IncidentIndex index;

    @BeforeEach
    void listen() {
        LOG.addHandler(listener);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(listener);
    }

    @Override
    List<String> routeFiles() {
        return callsOf();
    }

    @Override
    Map<String, String> moreSettings() {
        return Map.of("fusion.page-deadline", DEADLINE.toSeconds() + "s");
    }

    @Override
    String route() {
        return "page-watch";
    }

    @Override
    void prepare() throws Exception {
        index = beans.get(IncidentIndex.class);
        index.watch();
        AdviceWith.adviceWith(context, "page-watch", route -> route.replaceFromWith("direct:look-now"));
    }

    private void look() {
        template.sendBody("direct:look-now", null);
    }

    private double unpaged() {
        return metrics.get("fusion.unpaged.incidents").gauge().value();
    }

    private Incident received(Duration ago) {
        return received(ago, Priority.P1);
    }

    private static Incident received(Duration ago, Priority priority) {
        return Samples.newIncident("Checkout latency above 2 s", priority, Status.OPEN)
                .withReceivedAt(Instant.now().minus(ago));
    }

    /** In the store and, some moments later, in the index. */
    private void known(Incident incident) {
        store.create(incident);
        new KvIncidentStore(link).create(incident);
        await().atMost(SOON).until(() -> index.knows(incident.id()));
    }

    /** The same, and the deadline has gone by since. */
    private void knownForLong(Incident incident) {
        known(incident);
        await().pollDelay(DEADLINE.plusMillis(50)).until(() -> true);
    }

    @Test
    void tellsOnceOfAnIncidentThatNobodyWasPagedFor() {
        knownForLong(received(Duration.ZERO));

        look();
        look();

        assertThat(unpaged()).isEqualTo(1);
        assertThat(errors).hasSize(1).first().asString().contains("NOT PAGED", Samples.ID);
    }

    /** The hub that took it in may have another time: this one counts from when it first saw the incident. */
    @Test
    void waitsForTheDeadlineWhateverTheClockOfTheOtherHubShows() {
        known(received(Duration.ofHours(1)));

        look();

        assertThat(unpaged()).isZero();
        assertThat(errors).isEmpty();
    }

    @Test
    void isQuietOnceThePageStands() {
        knownForLong(received(Duration.ZERO).pagedAt(Instant.now()));

        look();

        assertThat(unpaged()).isZero();
        assertThat(errors).isEmpty();
    }

    @Test
    void isQuietAboutAPriorityThatIsNotOpened() {
        knownForLong(received(Duration.ZERO, Priority.P3));

        look();

        assertThat(unpaged()).isZero();
        assertThat(errors).isEmpty();
    }

    /** One page tells of all that are held; from its release on this is one like others. */
    @Test
    void isQuietAboutWhatTheStormBrakeHoldsUntilItIsReleased() {
        var incident = received(Duration.ZERO).heldBack(Held.since(Instant.now(), "too many"));
        knownForLong(incident);
        look();
        assertThat(unpaged()).isZero();

        var released = incident.released(Instant.now()).incident();
        store.change(incident.id(), current -> released);
        new KvIncidentStore(link).change(incident.id(), current -> released);
        await().atMost(SOON)
                .until(() -> !index.find(incident.id()).orElseThrow().isHeld());
        look();
        assertThat(errors).isEmpty();

        await().atMost(SOON).until(() -> unpaged() == 1);
        look();
        assertThat(errors).hasSize(1);
    }

    @Test
    void isQuietAboutWhatIsOver() {
        knownForLong(received(Duration.ZERO).desiring(Status.RESOLVED, Priority.P1));

        look();

        assertThat(unpaged()).isZero();
        assertThat(errors).isEmpty();
    }

    @Test
    void asksTheStoreBeforeItTellsBecauseTheIndexMayLag() {
        var incident = received(Duration.ZERO);
        knownForLong(incident);
        store.change(incident.id(), current -> current.pagedAt(Instant.now()));

        look();

        assertThat(errors).isEmpty();
        assertThat(unpaged()).isZero();
    }

    @Test
    void tellsAgainOfOneThatIsOpenAgain() {
        var incident = received(Duration.ZERO);
        knownForLong(incident);
        look();
        store.change(incident.id(), current -> current.desiring(Status.RESOLVED, Priority.P1));
        new KvIncidentStore(link).change(incident.id(), current -> current.desiring(Status.RESOLVED, Priority.P1));
        await().atMost(SOON).until(() -> unpaged() == 0);
        look();
        store.change(incident.id(), current -> current.desiring(Status.OPEN, Priority.P1));
        new KvIncidentStore(link).change(incident.id(), current -> current.desiring(Status.OPEN, Priority.P1));
        await().atMost(SOON).until(() -> unpaged() == 1);

        look();

        assertThat(errors).hasSize(2);
    }
}
