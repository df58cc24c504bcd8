package io.xtribe.fusionhub.routes;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.Counter;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.Names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What becomes of new incidents when there are too many. */
class SignalsInStormRouteTest extends SignalsIntakeFixture {

    @Override
    Map<String, String> moreSettings() {
        return Map.of("fusion.triggers.per-minute", "2");
    }

    private void told(int group, String priority, String transition) throws Exception {
        told(group, "cycle " + group, priority, transition);
    }

    /** In another cycle. */
    private void began(int group, String cycle, String priority) throws Exception {
        told(group, cycle, priority, "Triggered");
    }

    private void told(int group, String cycle, String priority, String transition) throws Exception {
        var before = stored(Names.SIGNALS);
        publish(envelope(
                "datadog",
                alert().put("alert_cycle_key", cycle)
                        .put("alert_scope", "host:" + group)
                        .put("alert_priority", priority)
                        .put("alert_transition", transition)
                        .put("last_updated", Long.toString(System.currentTimeMillis() + before))
                        .put("id", "event " + before)));
        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == before + 1);
    }

    private Incident of(int group) throws Exception {
        return store.get(CorrelationId.derive("datadog", alert().at("/org/id").asText(), "cycle " + group));
    }

    private List<Integer> held(int groups) {
        return IntStream.range(0, groups)
                .filter(group -> {
                    try {
                        return of(group).waitsForRelease();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .boxed()
                .toList();
    }

    private double outcome(String outcome) {
        return metrics.find("fusion.signals").tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void holdsWhatIsTooManyAndP1sLast() throws Exception {
        for (var priority : List.of("P2", "P2", "P2", "P1", "P1", "P1")) {
            told(store.size(), priority, "Triggered");
        }

        assertThat(held(6)).containsExactly(2, 5);
        assertThat(work.ids()).hasSize(4).doesNotContain(of(2).id(), of(5).id());
        assertThat(of(2).platforms()).containsOnlyKeys("datadog");
        assertThat(of(2).held().why()).isEqualTo("more than 2 incidents of datadog began within a minute");
        assertThat(of(5).held().why()).isEqualTo("more than 2 P1s of datadog began within a minute");
        assertThat(timeline.texts(of(5).id())).anyMatch(text -> text.contains("held: more than 2 P1s"));
        assertThat(outcome("held")).isEqualTo(2);
        assertThat(outcome("opened")).isEqualTo(4);
    }

    @Test
    void takesInWhatComesForOneThatIsHeld() throws Exception {
        told(0, "P2", "Triggered");
        told(1, "P2", "Triggered");
        told(2, "P2", "Triggered");
        told(3, "P2", "Triggered");

        told(2, "P1", "Renotify");
        told(3, "P2", "Recovered");

        assertThat(of(2).priority().name()).isEqualTo("P1");
        assertThat(of(2).waitsForRelease()).isTrue();
        assertThat(of(3).status()).isEqualTo(Status.RESOLVED);
        assertThat(of(3).waitsForRelease()).isFalse();
        assertThat(of(3).isHeldBack()).isTrue();
        assertThat(letters()).isEmpty();
    }

    /** Hours later it may be a single alert, of which somebody has to hear. */
    @Test
    void decidesAnewOfOneThatBeginsAgain() throws Exception {
        for (var group = 0; group < 4; group++) {
            told(group, "P2", "Triggered");
        }
        told(2, "P2", "Recovered");
        told(3, "P2", "Recovered");
        var held = of(3).held().since();

        // Too many P2s, and no P1 yet.
        began(2, "again 2", "P1");
        began(3, "again 3", "P2");

        assertThat(of(2).status()).isEqualTo(Status.OPEN);
        assertThat(of(2).isHeldBack()).isFalse();
        assertThat(of(2).isSettled()).isFalse();
        assertThat(of(3).waitsForRelease()).isTrue();
        assertThat(of(3).held().since()).isAfter(held);
        assertThat(store.size()).isEqualTo(4);
    }

    @Test
    void countsASignalThatIsDeliveredAgainOnce() throws Exception {
        told(0, "P2", "Triggered");
        told(0, "P2", "Triggered");
        told(0, "P2", "Triggered");
        told(1, "P2", "Triggered");
        told(2, "P2", "Triggered");

        assertThat(held(3)).containsExactly(2);
        assertThat(Duration.between(of(2).receivedAt(), of(2).held().since())).isLessThan(Duration.ofMinutes(1));
    }
}
