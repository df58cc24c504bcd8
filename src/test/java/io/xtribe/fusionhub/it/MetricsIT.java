package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.deploy.MetricsPage;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What running hubs tell Prometheus and Kubernetes of themselves. */
class MetricsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String TITLE = "measured";
    private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (fusion_[a-z_]+) ([a-z]+)$");
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(fusion_[a-z_]+)(?:\\{(.*)})? ");
    private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private static Rig rig;
    private static HubProcess hub;
    private static HubProcess other;

    @BeforeAll
    static void start() {
        rig = Rig.start("MetricsIT");
        hub = settings().env("FUSION_PAGERDUTY_POLL", "1s").withJmx().start();
        other = settings().start();
        hub.awaitReady();
        other.awaitReady();
        rig.webhooksTo(hub);
    }

    private static HubProcess.Builder settings() {
        return rig.hub()
                .env("FUSION_HEARTBEAT", "1s")
                .env("FUSION_SERVICENOW_INSTANCE", "sandbox")
                // Nothing listens there: nobody is told anything.
                .env("FUSION_FALLBACK_WEBHOOK_URL", "http://127.0.0.1:9/hook");
    }

    @AfterAll
    static void stop() {
        hub.close();
        other.close();
        rig.close();
    }

    /** A page that is acknowledged, and all that can go wrong in front of it; at whichever hub. */
    private static void somethingOfEverything() {
        rig.platforms()
                .fault("servicenow", "create-incident")
                .status(503)
                .times(1)
                .inject();
        rig.publish(TITLE);
        rig.awaitSettled(List.of(TITLE), LIMIT);
        var page = rig.incidents()
                .get(TITLE)
                .at("/platforms/pagerduty/incident/reference/id")
                .asText();
        rig.platforms().changePagerDutyIncident(page, Map.of("status", "acknowledged"));
        assertThat(hub.webhook("datadog", "no json")).isEqualTo(202);
        assertThat(hub.webhook("datadog", Rig.alert("exploded", Map.of("alert_transition", "Exploded"))))
                .isEqualTo(202);
        assertThat(hub.webhook("datadog", "{}", Map.of())).isEqualTo(401);
        rig.platforms().cloneServiceNowIncident("", Map.of("impact", "1", "urgency", "1", "short_description", "test"));
        try (var raw = new RawHttp(hub.url())) {
            raw.say("GET / HTTP/1.1\r\nHost: hub\r\nContent-Length: two\r\n\r\n");
            raw.status();
        }
    }

    private static double sum(String name, String... labels) {
        return hub.metric(name, labels).orElse(0) + other.metric(name, labels).orElse(0);
    }

    @Test
    void pageAndScrapeSayTheSame() {
        somethingOfEverything();
        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(sum("fusion_sync_lag_seconds_count", "from=pagerduty", "field=status"))
                    .isPositive();
            assertThat(sum("fusion_signals_foreign_total")).isPositive();
            assertThat(sum("fusion_words_unknown_total")).isPositive();
            assertThat(sum("fusion_dead_letters_total")).isGreaterThanOrEqualTo(3);
            assertThat(sum("fusion_polls_total")).isPositive();
            assertThat(sum("fusion_retries_total", "platform=servicenow", "operation=open"))
                    .isEqualTo(1);
            assertThat(sum("fusion_http_closed_total", "reason=malformed")).isEqualTo(1);
            assertThat(sum("fusion_webhooks_refused_total", "reason=unauthenticated"))
                    .isEqualTo(1);
        });

        var page = MetricsPage.rows();
        var scraped = new TreeMap<String, String>();
        var labels = new TreeMap<String, Set<String>>();
        read(hub.metrics(), scraped, labels);
        read(other.metrics(), scraped, labels);

        assertThat(scraped.keySet()).as("docs/metrics.md and a running hub").isEqualTo(new TreeSet<>(page.keySet()));
        scraped.forEach((name, type) -> {
            assertThat(page.get(name).type()).as(name).isEqualTo(type);
            assertThat(page.get(name).labels()).as("labels of %s", name).isEqualTo(labels.get(name));
        });
        assertThat(sum("fusion_time_to_paged_seconds_bucket", "le=10.0"))
                .as("the bucket of the objective")
                .isEqualTo(sum("fusion_time_to_paged_seconds_count"))
                .isEqualTo(1);
        assertThat(sum("fusion_signals_total", "type=triggered", "outcome=opened", "source=datadog"))
                .isEqualTo(1);
        assertThat(sum("fusion_work_stuck")).isZero();
        assertThat(sum("fusion_kv_usable")).isEqualTo(8);
    }

    private static void read(String text, Map<String, String> types, Map<String, Set<String>> labels) {
        TYPE.matcher(text).results().forEach(type -> {
            var isMaximum = type.group(1).endsWith("_seconds_max");
            if (!isMaximum) {
                types.put(type.group(1), type.group(2));
            }
        });
        SAMPLE.matcher(text).results().forEach(sample -> {
            var names = labels.computeIfAbsent(MetricsPage.family(sample.group(1)), any -> new HashSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2))
                        .results()
                        .map(one -> one.group(1))
                        .forEach(names::add);
            }
            names.remove("le");
        });
    }

    /** The consumer gives each heartbeat to one of the hubs, whosoever it is. */
    @Test
    void eachHubSeesItsOwnHeartbeatsAndNobodyTakesThemForSignals() {
        await().atMost(LIMIT).until(() -> beats(hub) >= 5 && beats(other) >= 5);

        assertThat(age(hub)).isLessThan(5);
        assertThat(age(other)).isLessThan(5);
        assertThat(rig.read(Names.SIGNALS, Names.HEARTBEAT_SUBJECT)).allSatisfy(beat -> {
            assertThat(beat.path("type").asText()).isEqualTo("fusion.heartbeat");
            assertThat(beat.path("source").asText()).isEqualTo("/fusion-hub");
        });
        assertThat(sum("fusion_signals_total", "source=unknown")).isZero();
        assertThat(sum("fusion_dead_letters_total", "source=unknown")).isZero();
    }

    @Test
    void aHubWhoseIntakeSomebodyHasStoppedSaysSoAndSendsNoHeartbeat() {
        hub.stopRoute("signals-intake");
        try {
            assertThat(hub.readiness()).isEqualTo(503);
            assertThat(hub.health().toString()).contains("somebody has stopped the route signals-intake of this hub");
            assertThat(hub.metric("fusion_intake_running")).hasValue(0);
            assertThat(age(hub)).isNaN();
            var before = beats(other);
            await().atMost(LIMIT).until(() -> beats(other) >= before + 3);
            assertThat(hub.readiness()).as("it stays so").isEqualTo(503);
            assertThat(other.readiness()).as("the other takes all signals in").isEqualTo(200);
        } finally {
            hub.startRoute("signals-intake");
        }
        var stopped = beats(hub);
        await().atMost(LIMIT).until(() -> hub.readiness() == 200 && beats(hub) > stopped);
        assertThat(age(hub)).isLessThan(5);
    }

    private static double beats(HubProcess one) {
        return one.metric("fusion_heartbeat_seconds_count").orElse(0);
    }

    private static double age(HubProcess one) {
        return one.metric("fusion_heartbeat_age_seconds").orElseThrow();
    }
}
