package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Operators stop and suspend routes, and stop hubs, in the middle of the work: nothing is lost and nothing doubled. */
class StopSuspendTerminateIT {
    private static final int TRIGGERS = 60;
    private static final Duration PLENTY = Duration.ofSeconds(60);

    private Rig rig;
    private HubProcess hub;

    @BeforeEach
    void start() {
        rig = Rig.start("StopSuspendTerminateIT");
        rig.latency(100);
        hub = rig.hub().withJmx().start().awaitReady();
        rig.redeliverAfter(Duration.ofSeconds(3));
    }

    @AfterEach
    void stop() {
        hub.close();
        rig.close();
    }

    @Test
    void takesSignalsInWhileConvergeIsSuspended() {
        hub.suspendRoute("incident-converge");
        assertThat(hub.routeState("incident-converge")).isEqualTo("Suspended");
        List<String> titles = rig.publishAll("suspended", TRIGGERS);
        await().atMost(PLENTY)
                .untilAsserted(() -> assertThat(rig.incidents().keySet()).containsAll(titles));
        await().atMost(PLENTY).untilAsserted(() -> assertThat(rig.signalsLeft()).isZero());
        assertThat(rig.workSet()).hasSize(TRIGGERS);
        assertThat(writes()).as("writes to platforms while suspended").isZero();
        assertThat(hub.readiness()).isEqualTo(200);
        assertThat(hub.liveness()).isEqualTo(200);

        hub.resumeRoute("incident-converge");
        allDone(titles);
    }

    @Test
    void suspendsConvergeInMidWork() {
        List<String> titles = rig.publishAll("mid suspend", TRIGGERS);
        awaitPages(10);
        hub.suspendRoute("incident-converge");
        awaitQuiet();
        hub.resumeRoute("incident-converge");
        allDone(titles);
    }

    @Test
    void stopsConvergeInMidWork() {
        List<String> titles = rig.publishAll("mid stop", TRIGGERS);
        awaitPages(10);
        hub.stopRoute("incident-converge");
        assertThat(hub.routeState("incident-converge")).isEqualTo("Stopped");
        awaitQuiet();
        await().atMost(PLENTY)
                .untilAsserted(() -> assertThat(rig.incidents().keySet()).containsAll(titles));
        hub.startRoute("incident-converge");
        allDone(titles);
    }

    @Test
    void leavesSignalsWithNatsWhileTheContextIsSuspended() {
        hub.suspendContext();
        List<String> titles = rig.publishAll("context suspended", TRIGGERS);
        assertStaysWithNats();
        hub.resumeContext();
        allDone(titles);
    }

    @Test
    void suspendsTheContextInMidWork() {
        List<String> titles = rig.publishAll("context mid suspend", TRIGGERS);
        awaitPages(10);
        hub.suspendContext();
        awaitQuiet();
        hub.resumeContext();
        allDone(titles);
    }

    @Test
    void leavesSignalsWithNatsWhileIntakeIsStopped() {
        hub.stopRoute("signals-intake");
        assertThat(hub.routeState("signals-intake")).isEqualTo("Stopped");
        List<String> titles = rig.publishAll("intake stopped", TRIGGERS);
        assertStaysWithNats();
        assertThat(hub.readiness())
                .as("a hub that takes nothing in is not ready")
                .isEqualTo(503);
        hub.startRoute("signals-intake");
        allDone(titles);
    }

    @Test
    void stopsIntakeInMidWork() {
        // What was delivered is handled or handed back, and does not wait until NATS delivers it again by itself.
        rig.redeliverAfter(PLENTY.multipliedBy(2));
        List<String> titles = rig.publishAll("intake mid stop", TRIGGERS);
        hub.stopRoute("signals-intake");
        awaitQuiet();
        hub.startRoute("signals-intake");
        allDone(titles);
    }

    @Test
    void terminatesInMidWork() {
        List<String> titles = rig.publishAll("terminated", TRIGGERS);
        awaitPages(10);
        long before = System.nanoTime();
        int exit = hub.terminate();
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        System.out.println("SIGTERM under load: exit " + exit + " after " + took.toMillis() + " ms");
        assertThat(exit).isIn(0, 143);
        assertThat(took).isLessThan(Duration.ofSeconds(30));
        assertThat(hub.log()).doesNotContain("Exception");
        hub.start().awaitReady();
        allDone(titles);
    }

    @Test
    void terminatesWhileAPlatformHangs() {
        rig.platforms().fault("servicenow", "create-incident").hang().always().inject();
        List<String> titles = rig.publishAll("hanging", 20);
        awaitPages(5);
        assertThat(hub.terminate()).isIn(0, 143);
        rig.platforms().clearFaults();
        hub.start().awaitReady();
        allDone(titles);
    }

    private void allDone(List<String> titles) {
        rig.awaitSettled(titles, PLENTY);
        rig.assertLinkedOnce(titles);
    }

    private void awaitPages(int count) {
        await().pollInterval(Duration.ofMillis(20))
                .atMost(PLENTY)
                .until(() -> rig.calls("pagerduty", "create-incident") >= count);
    }

    /** The platforms have not been called for a second. */
    private void awaitQuiet() {
        await().during(Duration.ofSeconds(1)).atMost(PLENTY).until(new Unchanged());
    }

    private void assertStaysWithNats() {
        await().during(Duration.ofSeconds(2)).atMost(PLENTY).until(() -> rig.signalsLeft() == TRIGGERS);
        assertThat(rig.incidents()).isEmpty();
        assertThat(writes()).isZero();
    }

    private int writes() {
        return rig.platforms().counts().path("writes").asInt();
    }

    private final class Unchanged implements Callable<Boolean> {
        private int last = -1;

        @Override
        public Boolean call() {
            int now = rig.platforms().counts().path("total").asInt();
            boolean same = now == last;
            last = now;
            return same;
        }
    }
}
