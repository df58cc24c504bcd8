package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.testing.InMemoryIncidentStore;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class CoalescingIncidentsTest {

    private static final String ID = "fx-0123456789abcdef0123456789abcdef";

    private static final Duration SOON = Duration.ofSeconds(5);

    private final InMemoryIncidentStore kv = new InMemoryIncidentStore();
    private final CoalescingIncidents recent = new CoalescingIncidents(kv);

    @BeforeEach
    void triggered() {
        recent.create(Samples.newIncident().withId(ID));
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
                .mapToObj(
                        number -> CompletableFuture.runAsync(() -> recent.change(ID, CoalescingIncidentsTest::raised)))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(changes).join();

        assertThat(raises()).isEqualTo(200);
    }

    @Test
    void noticesWhatAnotherHubHasChanged() {
        recent.change(ID, CoalescingIncidentsTest::raised);
        kv.change(ID, CoalescingIncidentsTest::raised);

        recent.change(ID, CoalescingIncidentsTest::raised);

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

    /** The answers to a pass's calls come within the same millisecond. */
    @Test
    void writesTogetherWhatComesWhileAWriteIsUnderWay() throws Exception {
        var store = new SlowStore(kv);
        var hub = new CoalescingIncidents(store);
        var first = Caller.start(hub, CoalescingIncidentsTest::raised);
        store.awaitWrite();
        var others = Stream.generate(() -> Caller.start(hub, CoalescingIncidentsTest::raised))
                .limit(5)
                .toList();
        others.forEach(Caller::awaitWaiting);

        store.goOn();

        first.outcome();
        for (var other : others) {
            var stored = other.outcome();
            assertThat(kv.find(ID)).as("a state to compare with later").contains(stored);
        }
        assertThat(raises()).isEqualTo(6);
        assertThat(kv.revision()).as("the trigger, the first, the others").isEqualTo(3);
    }

    @Test
    void failsAChangeForItsOwnCallerOnly() throws Exception {
        var store = new SlowStore(kv);
        var hub = new CoalescingIncidents(store);
        var first = Caller.start(hub, CoalescingIncidentsTest::raised);
        store.awaitWrite();
        var wrong = Caller.start(hub, incident -> {
            throw new IllegalArgumentException("no such change");
        });
        wrong.awaitWaiting();
        var right = Caller.start(hub, CoalescingIncidentsTest::raised);
        right.awaitWaiting();

        store.goOn();

        assertThat(first.outcome().incident().announced()).hasSize(1);
        assertThat(right.outcome().incident().announced()).hasSize(2);
        assertThatThrownBy(wrong::outcome).hasRootCauseMessage("no such change");
        assertThat(raises()).isEqualTo(2);
    }

    @Test
    void failsEveryChangeThatCouldNotBeWritten() {
        kv.setAway(true);

        assertThatThrownBy(() -> recent.changeSoon(ID, CoalescingIncidentsTest::raised))
                .isInstanceOf(StoreUnavailableException.class);

        kv.setAway(false);
        recent.changeSoon(ID, CoalescingIncidentsTest::raised);
        assertThat(raises()).isEqualTo(1);
    }

    @Test
    void remembersForAMomentWhatItWrote() {
        var written = recent.change(ID, CoalescingIncidentsTest::raised);
        var ofAnother = kv.change(ID, CoalescingIncidentsTest::raised);

        assertThat(recent.recent(ID)).contains(written);
        assertThat(recent.find(ID)).contains(ofAnother);
        await().atMost(SOON).untilAsserted(() -> assertThat(recent.recent(ID)).contains(ofAnother));
    }

    @Test
    void keepsTheRevisionForWhoeverComparesLater() {
        var changed = recent.change(ID, CoalescingIncidentsTest::raised);

        assertThat(recent.replace(raised(changed.incident()), changed.revision()))
                .isPresent();
        assertThat(recent.replace(raised(changed.incident()), changed.revision()))
                .isEmpty();
    }

    /** A thread that makes one change. */
    private record Caller(Thread thread, FutureTask<Versioned> change) {
        static Caller start(IncidentStore hub, UnaryOperator<Incident> change) {
            var task = new FutureTask<>(() -> hub.change(ID, change));
            var thread = new Thread(task, "change");
            thread.setDaemon(true);
            thread.start();
            return new Caller(thread, task);
        }

        void awaitWaiting() {
            await().atMost(SOON).until(() -> thread.getState() == Thread.State.WAITING);
        }

        Versioned outcome() throws Exception {
            return change.get(SOON.toSeconds(), TimeUnit.SECONDS);
        }
    }

    /** A store whose writes wait until they are told to go on. */
    private record SlowStore(IncidentStore store, CountDownLatch writing, CountDownLatch goingOn)
            implements IncidentStore {
        SlowStore(IncidentStore store) {
            this(store, new CountDownLatch(1), new CountDownLatch(1));
        }

        @Override
        public Optional<Versioned> find(String id) {
            return store.find(id);
        }

        @Override
        public OptionalLong create(Incident incident) {
            return store.create(incident);
        }

        @Override
        public OptionalLong replace(Incident incident, long revision) {
            writing.countDown();
            await().atMost(SOON).until(() -> goingOn.getCount() == 0);
            return store.replace(incident, revision);
        }

        void awaitWrite() throws InterruptedException {
            assertThat(writing.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            goingOn.countDown();
        }
    }
}
