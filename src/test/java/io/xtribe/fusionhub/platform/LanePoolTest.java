package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.availability.Lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** In which order calls get the only thread, which is busy while they arrive. */
class LanePoolTest {

    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
    private final LanePool pool = new LanePool("platform", 1, nanos::get);
    private final CountDownLatch busy = new CountDownLatch(1);
    private final List<String> called = new CopyOnWriteArrayList<>();

    @BeforeEach
    void keepBusy() {
        var isBusy = new CountDownLatch(1);
        pool.execute(Lane.OPEN_P1, () -> {
            isBusy.countDown();
            waitFor(busy);
        });
        waitFor(isBusy);
    }

    @AfterEach
    void close() {
        busy.countDown();
        pool.close();
    }

    @Test
    void callsByLaneThenByArrival() {
        wants("link", Lane.LINKS);
        wants("p2-first", Lane.OPEN);
        wants("p2-second", Lane.OPEN);
        afterMillis(500);
        wants("p1", Lane.OPEN_P1);

        assertCalled("p1", "p2-first", "p2-second", "link");
    }

    /** A storm of creates would let the attempts of all links grow old, one after the other. */
    @Test
    void nobodyIsOvertakenByWhatCameMuchLater() {
        wants("link", Lane.LINKS);
        afterMillis(2_900);
        wants("p1", Lane.OPEN_P1);
        afterMillis(200);
        wants("late-p1", Lane.OPEN_P1);

        assertCalled("p1", "link", "late-p1");
    }

    private void wants(String call, Lane lane) {
        pool.execute(lane, () -> called.add(call));
    }

    private void afterMillis(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void assertCalled(String... calls) {
        busy.countDown();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(called).containsExactly(calls));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
