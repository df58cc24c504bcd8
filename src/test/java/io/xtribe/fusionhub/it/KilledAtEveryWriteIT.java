package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsProxy;
import io.xtribe.fusionhub.testing.NatsProxy.Fate;
import io.xtribe.fusionhub.testing.NatsProxy.Write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Whichever of its writes to NATS a hub dies at, the hub that follows it finishes the incident, and nothing is there
 * twice. The writes are those of one trigger, from an empty store to all links and the last announcement.
 */
class KilledAtEveryWriteIT {
    private static final int LANES = 4;
    private static final int UNDISTURBED_RUNS = 3;
    private static final Duration SETTLED = Duration.ofSeconds(40);

    private record Death(int number, Fate fate) {}

    @Test
    void convergesWhicheverWriteItDiesAt() throws Exception {
        List<Lane> lanes = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            for (Future<Lane> started : threads.invokeAll(Collections.<Callable<Lane>>nCopies(LANES, Lane::new))) {
                lanes.add(started.get());
            }
            List<Integer> counts = new ArrayList<>();
            for (int run = 0; run < UNDISTURBED_RUNS; run++) {
                counts.add(lanes.get(run % LANES).countWrites());
            }
            // Branches that meet at the record write once more, so the count varies by a few.
            int fewest = counts.stream().min(Integer::compare).orElseThrow();
            int most = counts.stream().max(Integer::compare).orElseThrow();
            assertThat(fewest).as("writes of a trigger: %s", counts).isGreaterThan(15);

            Queue<Death> deaths = new ConcurrentLinkedQueue<>();
            for (int number = 1; number <= most; number++) {
                deaths.add(new Death(number, Fate.LOST));
                if (number % 3 == 1) {
                    deaths.add(new Death(number, Fate.UNANSWERED));
                }
            }
            int planned = deaths.size();
            AtomicInteger died = new AtomicInteger();
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            List<Callable<Void>> work = new ArrayList<>();
            for (Lane lane : lanes) {
                work.add(() -> {
                    for (Death death = deaths.poll(); death != null; death = deaths.poll()) {
                        try {
                            if (lane.diesAt(death)) {
                                died.incrementAndGet();
                            } else if (death.number <= fewest) {
                                failures.add(death + ": no trigger came to that write");
                            }
                        } catch (AssertionError | RuntimeException e) {
                            failures.add(death + ": " + lane.last + ": " + e);
                            lane.renew();
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            System.out.printf("Writes of a trigger: %s. Killed %d times of %d.%n", counts, died.get(), planned);
            assertThat(failures).isEmpty();
            assertThat(died.get()).isGreaterThan(fewest);
        } finally {
            threads.shutdownNow();
            lanes.forEach(Lane::close);
        }
    }

    /** A world in which one hub dies again and again. */
    private static final class Lane implements AutoCloseable {
        private static final AtomicInteger TRIGGERS = new AtomicInteger();

        private Rig rig;
        private NatsProxy proxy;
        private HubProcess hub;
        private volatile String last;

        Lane() {
            open();
        }

        private void open() {
            rig = Rig.start("KilledAtEveryWriteIT");
            proxy = NatsProxy.inFrontOf(rig.nats());
            // Half of what this test takes is starting hubs.
            hub = rig.hub(proxy.url()).start().awaitReady();
            rig.redeliverAfter(Duration.ofSeconds(2));
        }

        /** A failure must not spoil the deaths that follow. */
        void renew() {
            close();
            open();
        }

        int countWrites() {
            proxy.reset();
            String title = trigger();
            rig.awaitSettled(List.of(title), SETTLED);
            rig.assertLinkedOnce(List.of(title));
            return proxy.counts().total();
        }

        /** A trigger may do with a write less than the one that was counted; then the next one is tried. */
        boolean diesAt(Death death) {
            for (int tries = 0; tries < 6; tries++) {
                if (dieAt(death)) {
                    return true;
                }
            }
            return false;
        }

        /** False when the trigger was settled before that many writes. */
        private boolean dieAt(Death death) {
            proxy.reset();
            CompletableFuture<Write> dead = proxy.onWrite(death.number, death.fate, write -> hub.kill());
            String title = trigger();
            last = title;
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(SETTLED)
                    .until(Rig.quietly(() -> dead.isDone() || rig.isSettled(List.of(title))));
            proxy.reset();
            // A death that has just begun is over when the passage is free again.
            proxy.freeze();
            proxy.heal();
            boolean killed = dead.isDone();
            if (killed) {
                last = title + " at " + dead.join().kind() + " " + dead.join().subject();
                hub.start().awaitReady();
            }
            rig.awaitSettled(List.of(title), SETTLED);
            rig.assertLinkedOnce(List.of(title));
            return killed;
        }

        private String trigger() {
            String title = String.format("killed %04d", TRIGGERS.incrementAndGet());
            rig.publish(title);
            return title;
        }

        @Override
        public void close() {
            hub.close();
            proxy.close();
            rig.close();
        }
    }
}
