package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Http;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.NatsProxy;
import io.xtribe.fusionhub.testing.NatsProxy.Fate;
import io.xtribe.fusionhub.testing.NatsProxy.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** NATS is away, at start or in mid-work: the hub stays, says so, and goes on by itself when NATS is back. */
class NatsAwayIT {
    private static final int TRIGGERS = 40;
    private static final Duration PLENTY = Duration.ofSeconds(90);
    private static final Duration AWAY = Duration.ofSeconds(5);

    private Rig rig;
    private NatsProxy proxy;
    private HubProcess hub;

    @BeforeEach
    void start() {
        rig = Rig.start("NatsAwayIT");
        rig.latency(100);
        proxy = NatsProxy.inFrontOf(rig.nats());
        hub = rig.hub(proxy.url()).start();
    }

    @AfterEach
    void stop() {
        hub.close();
        proxy.close();
        rig.close();
    }

    @Test
    void waitsForNatsAtStart() {
        hub.kill();
        proxy.cut();
        hub.start();
        await().atMost(PLENTY).until(() -> hub.liveness() == 200);
        await().atMost(PLENTY).until(() -> waitingLines() == 1);
        assertThat(hub.isAlive()).isTrue();
        assertThat(hub.readiness()).isEqualTo(503);
        assertThat(hub.liveness()).isEqualTo(200);
        assertThat(hub.webhook("datadog", Rig.alert("too early"))).isEqualTo(503);
        assertThat(hub.webhook("pagerduty", "not json")).isEqualTo(503);
        for (String page : List.of("/", "/incidents/x", "/platforms", "/dead-letters", "/jobs")) {
            var answer = Http.get(hub.url() + page);
            assertThat(answer.statusCode()).as(page).isEqualTo(503);
            assertThat(answer.body()).as(page).contains("<h1>NATS does not answer</h1>");
        }
        assertThat(hub.log()).doesNotContain("\tat ");
        // It tries every two seconds, and says so only once in half a minute.
        await().pollDelay(AWAY).atMost(PLENTY).until(() -> hub.liveness() == 200);
        assertThat(natsLines()).hasSize(1);

        proxy.heal();
        hub.awaitReady();
        await().atMost(PLENTY)
                .untilAsserted(() -> assertThat(natsLines()).anyMatch(line -> line.contains("is there after")));
        assertThat(hub.webhook("datadog", Rig.alert("in time"))).isEqualTo(202);
        rig.awaitSettled(List.of("in time"), PLENTY);
        rig.assertLinkedOnce(List.of("in time"));
        assertThat(rig.incidents()).containsOnlyKeys("in time");
    }

    @Test
    void goesOnAfterTheServerWasKilled() {
        ready();
        List<String> titles = halfDone("server killed");
        rig.nats().kill();
        awaitAway();
        // Its rounds come every second here.
        assertThat(natsLines().stream().filter(line -> line.contains("WARN"))).hasSize(1);
        rig.nats().restart();
        back(titles);
        await().atMost(PLENTY)
                .untilAsserted(() -> assertThat(natsLines()).anyMatch(line -> line.contains("is there after")));
    }

    @Test
    void goesOnAfterTheConnectionWasCut() {
        ready();
        List<String> titles = halfDone("cut");
        proxy.cut();
        awaitAway();
        proxy.heal();
        back(titles);
    }

    @Test
    void goesOnAfterNatsHung() {
        ready();
        List<String> titles = halfDone("frozen");
        proxy.freeze();
        await().pollDelay(AWAY).atMost(PLENTY).until(() -> hub.webhook("datadog", Rig.alert("while frozen")) == 503);
        assertThat(hub.liveness()).isEqualTo(200);
        proxy.heal();
        // What an endpoint refused is sent again, and may have been stored all the same.
        titles.add("while frozen");
        back(titles);
    }

    /** The first writes of a trigger, the acknowledgement of its signal among them. */
    @Test
    void doesNothingTwiceWhenAWriteIsLostWithItsConnection() {
        ready();
        rig.latency(0);
        List<String> titles = Rig.titles("write lost", 10);
        Set<Kind> lost = EnumSet.noneOf(Kind.class);
        for (String title : titles) {
            proxy.reset();
            var write = proxy.onWrite(titles.indexOf(title) + 1, Fate.LOST, any -> {});
            rig.publish(title);
            await().atMost(PLENTY).until(write::isDone);
            lost.add(write.join().kind());
            rig.awaitSettled(List.of(title), PLENTY);
        }
        rig.assertLinkedOnce(titles);
        assertThat(lost).as("kinds of writes that were lost").contains(Kind.KV, Kind.ACK);
    }

    private void ready() {
        hub.awaitReady();
        rig.redeliverAfter(Duration.ofSeconds(3));
    }

    private List<String> halfDone(String prefix) {
        List<String> titles = new ArrayList<>(rig.publishAll(prefix, TRIGGERS));
        await().pollInterval(Duration.ofMillis(10))
                .atMost(PLENTY)
                .until(() -> rig.calls("pagerduty", "create-incident") >= 10);
        return titles;
    }

    private void awaitAway() {
        await().pollDelay(AWAY).atMost(PLENTY).until(() -> hub.readiness() == 503);
        assertThat(hub.isAlive()).isTrue();
        assertThat(hub.liveness()).isEqualTo(200);
        assertThat(hub.webhook("datadog", Rig.alert("while away"))).isEqualTo(503);
    }

    private void back(List<String> titles) {
        await().atMost(PLENTY).until(() -> hub.readiness() == 200);
        String after = "after " + titles.get(0);
        assertThat(hub.webhook("datadog", Rig.alert(after))).isEqualTo(202);
        if (titles.contains("while frozen")) {
            assertThat(hub.webhook("datadog", Rig.alert("while frozen"))).isEqualTo(202);
        }
        titles.add(after);
        rig.awaitSettled(titles, PLENTY);
        rig.assertLinkedOnce(titles);
        assertThat(hub.log()).as("one line per trouble, not a stack trace").doesNotContain("\tat ");
        await().atMost(PLENTY)
                .untilAsserted(() -> assertThat(titlesThatTheHubLists()).containsAll(titles));
        assertThat(hub.metric("fusion_work_repaired_total").orElse(0)).isZero();
    }

    /** By its index, which a watch must have kept up to date through all this. */
    private List<String> titlesThatTheHubLists() {
        List<String> titles = new ArrayList<>();
        hub.incidents().forEach(incident -> {
            if (incident.path("settled").asBoolean()) {
                titles.add(incident.path("title").asText());
            }
        });
        return titles;
    }

    private long waitingLines() {
        return natsLines().stream()
                .filter(line -> line.contains("WARN") && line.contains("Waiting for NATS at"))
                .count();
    }

    /** What the log says of NATS itself and of rounds that were left out for want of it, whoever tells it. */
    private List<String> natsLines() {
        return hub.log()
                .lines()
                .filter(line -> line.matches(".*(HubStartup|NatsLink|NatsOutage|NatsErrorLog|next round).*"))
                .toList();
    }
}
