package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.incident.Held;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StormPage;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.StormWatch;

import static org.assertj.core.api.Assertions.assertThat;

/** One incident of the hub's own tells of what is held, whatever hub has died at whatever moment. */
class StormWatchRouteTest extends NatsRouteTest {

    private static final Instant SINCE = Instant.parse("2026-12-01T12:00:00Z");
    private static final Duration LONG = Duration.ofMinutes(2);

    private final Map<String, IncidentIndex.Row> index = new TreeMap<>();
    private final List<String> held = new ArrayList<>();

    @Override
    List<String> routeFiles() {
        var files = new ArrayList<>(callsOf("pagerduty"));
        files.add("upkeep.camel.yaml");
        return files;
    }

    @Override
    String route() {
        return "storm-watch";
    }

    @Override
    Beans beans() {
        return super.beans().with(IncidentIndex.class, new IncidentIndex(null, new AttemptClock(Duration.ZERO)) {
            @Override
            public Collection<Row> rows() {
                return List.copyOf(index.values());
            }

            @Override
            public Optional<Row> find(String id) {
                return Optional.ofNullable(index.get(id));
            }

            @Override
            public boolean isComplete() {
                return true;
            }
        });
    }

    @Override
    void prepare() throws Exception {
        AdviceWith.adviceWith(context, "storm-watch", route -> route.replaceFromWith("direct:look-now"));
    }

    private void look() {
        template.sendBody("direct:look-now", null);
    }

    private void hold(Instant since) {
        var id = String.format("fx-%032d", held.size());
        held.add(id);
        index(Samples.newIncident("one of many", Priority.P2, Status.OPEN)
                .withId(id)
                .heldBack(Held.since(since, "too many")));
    }

    private void index(Incident incident) {
        index(incident, Duration.ZERO);
    }

    /** Seen, and changed, so long ago. */
    private void index(Incident incident, Duration ago) {
        index.put(
                incident.id(),
                IncidentIndex.Row.of(incident, SINCE.plusSeconds(60), System.nanoTime() - ago.toNanos()));
    }

    private void releaseAll() {
        held.forEach(index::remove);
        held.clear();
    }

    private Optional<String> claimed() {
        return beans.get(ReferenceStore.class).find("datadog", StormPage.REFERENCE, "datadog");
    }

    private Incident page() {
        return store.get(claimed().orElseThrow());
    }

    @Test
    void opensOneIncidentHoweverOftenItLooks() {
        hold(SINCE);
        hold(SINCE);

        look();
        look();
        index(page());
        look();

        assertThat(store.size()).isOne();
        assertThat(page().title()).isEqualTo("Storm brake: 2 new incidents of datadog are held");
        assertThat(page().part("pagerduty", "incident").attempt()).isNotNull();
        assertThat(work.ids()).containsExactly(page().id());
    }

    @Test
    void saysHowManyThereAreByNowAtMostOnceAMinute() {
        hold(SINCE);
        look();
        hold(SINCE);
        index(page());
        look();
        assertThat(page().title()).startsWith("Storm brake: 1 new incident");

        index(page(), LONG);
        look();

        assertThat(page().title()).startsWith("Storm brake: 2 new incidents");
        assertThat(page().isSettled()).isFalse();
    }

    /** The hub that claimed it has died before it stored the record. */
    @Test
    void opensWhatWasOnlyClaimed() {
        var id = StormPage.newId("datadog", "made up");
        beans.get(ReferenceStore.class).claim("datadog", StormPage.REFERENCE, "datadog", id);
        hold(SINCE);

        look();

        assertThat(page().id()).isEqualTo(id);
        assertThat(work.ids()).containsExactly(id);
    }

    @Test
    void resolvesItWhenNoneIsHeldAnyMore() {
        hold(SINCE);
        look();
        var page = page();
        index(page);
        releaseAll();

        look();

        assertThat(store.get(page.id()).status()).isEqualTo(Status.RESOLVED);
        assertThat(store.get(page.id()).isSettled()).isFalse();
        assertThat(claimed()).isEmpty();
    }

    /** The hub that resolved it has died before it gave the claim back. */
    @Test
    void opensAnotherOneForTheNextStorm() {
        hold(SINCE);
        look();
        var first = page();
        store.change(first.id(), incident -> StormPage.over(incident).incident());
        index(store.get(first.id()));
        releaseAll();
        look();
        hold(SINCE.plusSeconds(3600));

        look();

        assertThat(page().id()).isNotEqualTo(first.id());
        assertThat(page().status()).isEqualTo(Status.OPEN);
    }

    @Test
    void tellsAgainOnlyOfWhatIsHeldAfterSomebodyHasResolvedIt() {
        hold(SINCE);
        look();
        var first = page();
        store.change(first.id(), incident -> incident.desiring(Status.RESOLVED, Priority.P1));
        index(store.get(first.id()));
        look();
        assertThat(page().id()).isEqualTo(first.id());

        hold(SINCE.plusSeconds(61));
        look();

        assertThat(page().id()).isNotEqualTo(first.id());
    }

    @Test
    void countsWhatIsHeld() {
        hold(SINCE);
        beans.get(StormWatch.class);

        assertThat(metrics.get("fusion.triggers.held")
                        .tag("source", "datadog")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(metrics.get("fusion.triggers.held")
                        .tag("source", "pagerduty")
                        .gauge()
                        .value())
                .isZero();
    }
}
