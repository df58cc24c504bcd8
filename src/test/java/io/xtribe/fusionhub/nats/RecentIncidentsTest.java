package io.xtribe.fusionhub.nats;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Origin;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.signal.RoutingHints;
import io.xtribe.fusionhub.testing.InMemoryIncidentStore;

import static org.assertj.core.api.Assertions.assertThat;

class RecentIncidentsTest {

    private static final String ID = "fx-0123456789abcdef0123456789abcdef";

    private final InMemoryIncidentStore kv = new InMemoryIncidentStore();
    private final RecentIncidents recent = new RecentIncidents(kv);

    @BeforeEach
    void born() {
        recent.create(new Incident(
                ID,
                1,
                0,
                new Origin("datadog", "datadog.monitor", "org-1", "cycle-1", "90001"),
                "title",
                "",
                Priority.P1,
                Status.OPEN,
                RoutingHints.NONE,
                Instant.EPOCH,
                Instant.EPOCH,
                false,
                Map.of(),
                null,
                null,
                Set.of()));
    }

    private static Incident raised(Incident incident) {
        return incident.announcing(Set.of(String.valueOf(incident.announced().size())));
    }

    private int raises() {
        return kv.find(ID).orElseThrow().incident().announced().size();
    }

    @Test
    void appliesEveryChangeOfManyAtOnce() {
        var changes = IntStream.range(0, 200)
                .mapToObj(number -> CompletableFuture.runAsync(() -> recent.change(ID, RecentIncidentsTest::raised)))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(changes).join();

        assertThat(raises()).isEqualTo(200);
    }

    @Test
    void noticesWhatAnotherHubHasChanged() {
        recent.change(ID, RecentIncidentsTest::raised);
        kv.change(ID, RecentIncidentsTest::raised);

        recent.change(ID, RecentIncidentsTest::raised);

        assertThat(raises()).isEqualTo(3);
    }

    /** A change that seems to be made already may have been undone elsewhere. */
    @Test
    void doesNotTakeItsOwnWordThatNothingIsToBeChanged() {
        recent.change(ID, incident -> incident.desiring(Status.RESOLVED, Priority.P1));
        kv.change(ID, incident -> incident.desiring(Status.OPEN, Priority.P1));

        recent.change(
                ID,
                incident -> incident.status() == Status.RESOLVED
                        ? incident
                        : incident.desiring(Status.RESOLVED, Priority.P1));

        assertThat(kv.find(ID).orElseThrow().incident().status()).isEqualTo(Status.RESOLVED);
    }

    @Test
    void keepsTheRevisionForWhoeverComparesLater() {
        var changed = recent.change(ID, RecentIncidentsTest::raised);

        assertThat(recent.replace(raised(changed.incident()), changed.revision()))
                .isPresent();
        assertThat(recent.replace(raised(changed.incident()), changed.revision()))
                .isEmpty();
    }
}
