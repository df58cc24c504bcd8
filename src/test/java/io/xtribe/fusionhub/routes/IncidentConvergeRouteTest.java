package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Passes over one incident, by the work set on NATS and its watch; the relist, which would hide a lost mark, is off. */
class IncidentConvergeRouteTest extends NatsRouteTest {

    /** As PlatformThreads makes them. */
    private static final int BRANCHES = 32;

    private static final String ID = PlatformRouteTest.ID;

    @Override
    Map<String, String> moreSettings() {
        return Map.of(
                "fusion.converge.patience", "500ms",
                "fusion.converge.back-off-first", "100ms",
                "fusion.converge.back-off-longest", "200ms");
    }

    @Override
    String route() {
        return "incident-converge";
    }

    @Override
    void prepare() throws Exception {
        queue.watch();
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");
        sandbox.reset();
    }

    private void triggered() {
        store.create(beans.get(AttemptMaker.class).forTrigger(PlatformRouteTest.incident()));
        work.enterTrigger(ID, WorkLane.P1_TRIGGER).ifPresent(queue::enter);
    }

    private Incident record() {
        return store.get(ID);
    }

    private void awaitSettled() {
        await().atMost(SOON.multipliedBy(2)).untilAsserted(() -> {
            assertThat(record().isSettled()).as("%s", timeline.texts(ID)).isTrue();
            assertThat(work.ids()).isEmpty();
        });
    }

    @Test
    void opensEveryRecordOnceAndLinksThem() {
        triggered();

        awaitSettled();
        assertThat(record().pagedAt()).isNotNull();
        assertThat(record().linkedAt()).isNotNull();
        assertThat(record().part("datadog", "incident").links()).containsOnlyKeys("servicenow", "pagerduty");
        assertThat(record().part("servicenow", "incident").links()).containsOnlyKeys("datadog", "pagerduty");
        assertThat(record().part("pagerduty", "incident").links()).containsOnlyKeys("datadog", "servicenow");
        assertThat(calls("pagerduty")).containsExactly("create-incident", "set-custom-fields");
        assertThat(calls("servicenow")).containsExactly("create-incident", "update-incident");
        assertThat(calls("datadog"))
                .containsExactlyInAnyOrder(
                        "create-incident",
                        "create-case",
                        "create-attachment",
                        "create-attachment",
                        "link-incident",
                        "comment-case");
    }

    /** Also not what the consumer was already waiting for. */
    @Test
    void takesNothingUpWhileItIsSuspended() throws Exception {
        context.getRouteController().suspendRoute(route());

        triggered();

        await().during(Duration.ofMillis(600)).atMost(SOON).untilAsserted(() -> assertThat(calls("pagerduty"))
                .isEmpty());
        context.getRouteController().resumeRoute(route());
        awaitSettled();
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(1);
    }

    @Test
    void linksTheOthersFirstAndALateRecordWhenItComes() {
        // Given a platform slower than a pass waits
        sandbox.settings(Map.of("latencyMs", Map.of("servicenow", 1500)));

        // When
        triggered();

        // Then the others do not wait for it
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        record().part("pagerduty", "incident").links())
                .containsOnlyKeys("datadog"));
        assertThat(record().part("servicenow", "incident").isOpened()).isFalse();
        // and its late branch marks the incident, which is linked then
        awaitSettled();
        assertThat(record().linkedAt()).isNotNull();
        assertThat(calls("servicenow", "create-incident")).isEqualTo(1);
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(1);
    }

    @Test
    void keepsTheWordsOfARefusalAndGoesOnWithTheOthers() {
        sandbox.fault("servicenow", "create-incident").status(400).always().inject();

        triggered();

        awaitSettled();
        var refusal = record().part("servicenow", "incident").rejections().get("open");
        assertThat(refusal.words()).startsWith("servicenow answered 400");
        assertThat(timeline.texts(ID)).anyMatch(text -> text.contains("open of servicenow incident was refused"));
        assertThat(record().part("pagerduty", "incident").links()).containsOnlyKeys("datadog");
        // As it is, without its description, and under a neutral title.
        assertThat(calls("servicenow")).containsExactly("create-incident", "create-incident", "create-incident");
    }

    @Test
    void createsAgainAtOnceWhatAFindDidNotBringUp() {
        // Given a page that was cut off before it had any effect
        sandbox.fault("pagerduty", "create-incident").reset().inject();

        // When
        triggered();

        // Then
        awaitSettled();
        assertThat(calls("pagerduty")).startsWith("create-incident", "list-incidents");
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(2);
        assertThat(records("pagerduty", "incident")).hasSize(1);
        assertThat(timeline.texts(ID)).contains("an earlier create of pagerduty incident left nothing, creating again");
    }

    @Test
    void createsAgainOnceThoughSeveralFindsWereUnderWay() {
        // Given a page that was cut off, and finds that outlive their passes
        sandbox.settings(Map.of("latencyMs", Map.of("pagerduty", 1200)));
        sandbox.fault("pagerduty", "create-incident").reset().inject();

        // When
        triggered();

        // Then
        awaitSettled();
        assertThat(calls("pagerduty", "list-incidents")).isGreaterThan(1);
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(2);
        assertThat(records("pagerduty", "incident")).hasSize(1);
    }

    @Test
    void adoptsWhatAFindBringsUp() {
        // Given a page whose answer was lost
        sandbox.fault("pagerduty", "create-incident").drop().inject();

        // When
        triggered();

        // Then
        awaitSettled();
        assertThat(calls("pagerduty")).startsWith("create-incident", "list-incidents");
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(1);
        assertThat(records("pagerduty", "incident")).hasSize(1);
    }

    @Test
    void triesAgainWhatWillHeal() {
        sandbox.fault("servicenow", "create-incident").status(503).times(2).inject();

        triggered();

        awaitSettled();
        assertThat(calls("servicenow", "create-incident")).isEqualTo(3);
        assertThat(records("servicenow", "incident")).hasSize(1);
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(1);
    }

    @Test
    void pausesAPlatformThatRefusesOurCredentialsAndCatchesUpWhenItIsBack() {
        // Given
        sandbox.fault("pagerduty", "*").status(401).always().inject();
        triggered();
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        record().part("servicenow", "incident").links())
                .containsOnlyKeys("datadog"));
        var pagerDuty = beans.get(Availability.class).of("pagerduty");
        assertThat(pagerDuty.isPaused()).isTrue();
        assertThat(record().isSettled()).isFalse();
        assertThat(calls("pagerduty")).containsExactly("create-incident", "list-incidents");

        // When
        sandbox.clearFaults();
        pagerDuty.accepted();

        // Then
        awaitSettled();
        assertThat(record().linkedAt()).isNotNull();
    }

    /** Planning and settling start from what this hub wrote last; another has gone on since. */
    @Test
    void doesNotSettleOnWhatItRemembers() {
        // Given
        triggered();
        awaitSettled();
        var remembered = store.find(ID).orElseThrow();

        // When
        store.change(ID, incident -> incident.desiring(Status.RESOLVED, Priority.P1));
        store.remember(remembered, 2);
        work.mark(ID, WorkLane.FOLLOW_UP);
        queue.wake(ID, WorkLane.FOLLOW_UP);

        // Then
        awaitSettled();
        assertThat(records("pagerduty", "incident").get(0).path("status").asText())
                .isEqualTo("resolved");
    }

    @Test
    void bringsADesiredStateToAllPlatforms() {
        // Given
        triggered();
        awaitSettled();

        // When
        store.change(ID, incident -> incident.desiring(Status.RESOLVED, Priority.P2));
        work.mark(ID, WorkLane.FOLLOW_UP);
        queue.wake(ID, WorkLane.FOLLOW_UP);

        // Then
        awaitSettled();
        assertThat(records("pagerduty", "incident").get(0).path("status").asText())
                .isEqualTo("resolved");
        assertThat(records("servicenow", "incident").get(0).path("status").asText())
                .isEqualTo("6");
        assertThat(records("datadog", "incident").get(0).path("status").asText())
                .isEqualTo("resolved");
        assertThat(records("datadog", "case").get(0).path("status").asText()).isEqualTo("Closed");
    }

    /** A branch that has not begun when the split's time is over never begins, so the pass must run its step again. */
    @Test
    void keepsAPageThatOnlyWaitsForAThreadInItsLaneAndItsAttempt() throws Exception {
        // Given all threads of branches are busy
        var free = new CountDownLatch(1);
        for (var i = 0; i < BRANCHES; i++) {
            context.getRegistry()
                    .lookupByNameAndType("branches", ExecutorService.class)
                    .execute(() -> awaitUninterruptibly(free));
        }

        // When a pass waits for them three times as long as for a slow platform
        triggered();
        var attempt = record().part("pagerduty", "incident").attempt();
        await().during(Duration.ofMillis(1500)).atMost(SOON).untilAsserted(() -> {
            assertThat(record().part("pagerduty", "incident").attempt()).isEqualTo(attempt);
            assertThat(work.waitFor(ID)).contains(Duration.ZERO);
            assertThat(work.lane(ID)).contains(WorkLane.P1_TRIGGER);
        });
        free.countDown();

        // Then
        awaitSettled();
        assertThat(timeline.texts(ID)).noneMatch(text -> text.contains("looking again"));
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(1);
        assertThat(calls("datadog", "create-incident")).isEqualTo(1);
    }

    private static void awaitUninterruptibly(CountDownLatch free) {
        try {
            free.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void takesUpAPassAgainThatTheStoreCutShort() {
        // Given
        store.create(beans.get(AttemptMaker.class).forTrigger(PlatformRouteTest.incident()));
        store.setAway(true);
        work.enterTrigger(ID, WorkLane.P1_TRIGGER).ifPresent(queue::enter);
        await().atMost(SOON).until(() -> queue.waiting() == 1);

        // When
        store.setAway(false);

        // Then
        awaitSettled();
        assertThat(calls("pagerduty", "create-incident")).isEqualTo(1);
    }
}
