package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;

/** What no watch has told is found by listing. */
class WorkRelistRouteTest extends NatsRouteTest {

    /** Longer than any record is without its work entry while all is well. */
    private static final Duration LONG_AGO = Duration.ofSeconds(21);

    private final List<IncidentIndex.Row> index = new ArrayList<>();

    @Override
    List<String> routeFiles() {
        return callsOf();
    }

    @Override
    String route() {
        return "work-relist";
    }

    @Override
    Beans beans() {
        return super.beans().with(IncidentIndex.class, new IncidentIndex(null, new AttemptClock(Duration.ZERO)) {
            @Override
            public Collection<Row> rows() {
                return index;
            }
        });
    }

    /** The queue watches nothing, as if every notice had been lost. */
    @Override
    void prepare() throws Exception {
        AdviceWith.adviceWith(context, "work-relist", route -> route.replaceFromWith("direct:relist-now"));
    }

    private void relist() {
        template.sendBody("direct:relist-now", null);
    }

    /** Stored, and seen by the index so long ago. */
    private void known(Incident incident, Duration ago) {
        store.create(incident);
        index.add(IncidentIndex.Row.of(incident, Instant.now().minus(ago), System.nanoTime() - ago.toNanos()));
    }

    private double repaired() {
        return metrics.get("fusion.work.repaired").counter().count();
    }

    @Test
    void takesUpWorkThatNoWatchHasToldOf() {
        work.mark(Samples.ID, WorkLane.FOLLOW_UP);
        assertThat(queue.waiting()).isZero();

        relist();

        assertThat(queue.waiting()).isOne();
        assertThat(repaired()).isZero();
    }

    @Test
    void entersWhatNobodyWorksOnAndCountsIt() {
        known(Samples.newIncident(), LONG_AGO);

        relist();

        assertThat(work.ids()).containsExactly(Samples.ID);
        assertThat(repaired()).isEqualTo(1);

        relist();

        assertThat(repaired()).as("once").isEqualTo(1);
        assertThat(queue.waiting()).isOne();
    }

    @Test
    void leavesTheMomentBetweenRecordAndWorkEntryAlone() {
        known(Samples.newIncident(), Duration.ofSeconds(10));

        relist();

        assertThat(work.ids()).isEmpty();
        assertThat(repaired()).isZero();
    }

    @Test
    void believesTheStoreAndNotTheIndex() {
        known(Samples.newIncident(), LONG_AGO);
        store.change(Samples.ID, current -> current.settled(Set.of()));

        relist();

        assertThat(work.ids()).isEmpty();
        assertThat(repaired()).isZero();
    }

    @Test
    void isLeftToItsNextRoundWhileNatsIsAway() {
        work.mark(Samples.ID, WorkLane.FOLLOW_UP);

        whileNatsIsAway(this::relist);
        assertThat(queue.waiting()).isZero();

        relist();
        assertThat(queue.waiting()).isOne();
    }
}
