package io.xtribe.fusionhub.routes;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Recurring;
import io.xtribe.fusionhub.incident.ReferenceStore;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.nats.Names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The groups of a monitor are one incident. */
class SignalsOfGroupsRouteTest extends SignalsIntakeFixture {

    private static final long BEGUN = System.currentTimeMillis();

    @Override
    Map<String, String> moreSettings() {
        return Map.of("fusion.datadog.group-by", "monitor");
    }

    private static byte[] group(String name, String cycle, String transition, String priority, int second)
            throws Exception {
        return envelope(
                "datadog",
                alert().put("alert_scope", name.isEmpty() ? "" : "host:" + name)
                        .put("alert_cycle_key", cycle)
                        .put("alert_transition", transition)
                        .put("alert_priority", priority)
                        .put("last_updated", Long.toString(BEGUN + second * 1000L))
                        .put("id", name + cycle + transition + second));
    }

    private void told(byte[]... signals) throws Exception {
        var before = stored(Names.SIGNALS);
        for (var signal : signals) {
            publish(signal);
        }
        await().atMost(SOON).until(() -> intake().getAckFloor().getStreamSequence() == before + signals.length);
    }

    private static String id(String cycle) throws Exception {
        return CorrelationId.derive("datadog", alert().at("/org/id").asText(), cycle);
    }

    private Incident only() throws Exception {
        assertThat(store.size()).isOne();
        return store.get(claimed());
    }

    private String claimed() throws Exception {
        return beans.get(ReferenceStore.class)
                .find("datadog", Recurring.SERIES, series())
                .orElseThrow();
    }

    private static String series() throws Exception {
        return CorrelationId.derive(
                "datadog",
                alert().at("/org/id").asText(),
                Recurring.SERIES + ":" + alert().path("alert_id").asText());
    }

    @Test
    void foldIntoOneIncidentThatIsOverWithTheLast() throws Exception {
        told(group("a", "1", "Triggered", "P2", 0));
        told(group("b", "2", "Triggered", "P1", 1), group("c", "3", "Triggered", "P2", 2));
        assertThat(only().id()).isEqualTo(id("1"));
        assertThat(only().members()).hasSize(3);
        assertThat(only().priority()).isEqualTo(Priority.P1);

        // The one that began is not the last.
        told(group("a", "1", "Recovered", "P2", 3), group("b", "2", "Recovered", "P1", 4));
        assertThat(only().status()).isEqualTo(Status.OPEN);
        told(group("c", "3", "Recovered", "P2", 5));

        assertThat(only().status()).isEqualTo(Status.RESOLVED);
        assertThat(letters()).isEmpty();
        assertThat(timeline.texts(id("1"))).anyMatch(text -> text.contains("host:b is over, 1 still stand"));
    }

    /** They come at the same moment, and to several threads. */
    @Test
    void openOneIncidentThoughTheyBeginAtOnce() throws Exception {
        var signals = new byte[40][];
        for (var number = 0; number < signals.length; number++) {
            signals[number] = group("g" + number, "c" + number, "Triggered", "P2", 0);
        }

        told(signals);

        assertThat(only().members()).hasSize(signals.length);
        assertThat(work.ids()).hasSize(1);
    }

    /** The hub that claimed the series has died before it stored the record. */
    @Test
    void areStoredUnderTheIdThatWasClaimed() throws Exception {
        beans.get(ReferenceStore.class).claim("datadog", Recurring.SERIES, series(), id("1"));

        told(group("b", "2", "Triggered", "P2", 1));
        told(group("a", "1", "Triggered", "P2", 0));

        assertThat(only().id()).isEqualTo(id("1"));
        assertThat(only().members()).hasSize(2);
    }

    @Test
    void countsNoGroupWhoseEndWasToldBeforeItsBeginning() throws Exception {
        told(group("a", "1", "Triggered", "P2", 0));
        told(group("b", "2", "Recovered", "P2", 9));
        told(group("b", "2", "Triggered", "P2", 8));
        assertThat(only().members()).hasSize(1);

        told(group("a", "1", "Recovered", "P2", 10));

        assertThat(only().status()).isEqualTo(Status.RESOLVED);
    }

    /** As a poll tells it that has missed recoveries. */
    @Test
    void areAllOverWhereTheMonitorIs() throws Exception {
        told(group("a", "1", "Triggered", "P2", 0), group("b", "2", "Triggered", "P2", 1));

        told(group("", "1", "Recovered", "P2", 30));

        assertThat(only().status()).isEqualTo(Status.RESOLVED);
        assertThat(only().members()).isEmpty();
    }

    @Test
    void beginAgainInTheIncidentOfBefore() throws Exception {
        told(group("a", "1", "Triggered", "P2", 0));
        told(group("a", "1", "Recovered", "P2", 1));

        told(group("b", "5", "Triggered", "P2", 60), group("c", "6", "Triggered", "P2", 61));

        assertThat(only().status()).isEqualTo(Status.OPEN);
        assertThat(only().members()).hasSize(2);
    }
}
