package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.HubProcess;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A storm at three times PagerDuty's limit, which the sandbox enforces as the vendor does, scaled from a minute to five
 * seconds; two hubs and a batch client spend the limit together. The hubs have just started: what Datadog allows they learn
 * in the storm. {@code -Dfusion.test.storm=1000} for the full size.
 */
class RateLimitStormIT {

    private static final int TRIGGERS = Integer.getInteger("fusion.test.storm", 300);
    private static final int CALLS = 200;
    private static final int SECONDS = 5;
    private static final Duration BETWEEN_TRIGGERS = Duration.ofSeconds(SECONDS).dividedBy(3 * CALLS);
    /** A page that has waited for no more has not waited for a permit. */
    private static final long UNNOTICED_MILLIS = 1_000;

    /** An incident takes two calls of PagerDuty; the rest is for a busy machine. */
    private static final Duration LIMIT =
            Duration.ofSeconds(60).plus(Duration.ofSeconds(SECONDS).multipliedBy(4L * TRIGGERS / CALLS));

    private Rig rig;
    private List<HubProcess> hubs;

    @BeforeEach
    void start() {
        rig = Rig.start("RateLimitStormIT");
        rig.latency(20);
        Map<String, Integer> limit = Map.of("calls", CALLS, "seconds", SECONDS);
        rig.platforms().settings(Map.of("limits", Map.of("pagerduty", limit, "datadog", limit, "servicenow", limit)));
        hubs = List.of(hub().start(), hub().start());
        hubs.forEach(HubProcess::awaitReady);
    }

    private HubProcess.Builder hub() {
        HubProcess.Builder hub = rig.hub()
                .env("FUSION_CONVERGE_LEASE", "30s")
                .env("FUSION_LIMITS_PAGERDUTY_CALLS", "" + CALLS)
                .env("FUSION_LIMITS_PAGERDUTY_PER", SECONDS + "s")
                .env("FUSION_LIMITS_SERVICENOW_CALLS", "" + CALLS)
                .env("FUSION_LIMITS_SERVICENOW_PER", SECONDS + "s");
        for (String platform : List.of("DATADOG", "SERVICENOW", "PAGERDUTY")) {
            hub.env("FUSION_" + platform + "_TIMEOUT", "10s");
        }
        return hub;
    }

    @AfterEach
    void stop() {
        hubs.forEach(HubProcess::close);
        rig.close();
    }

    @Test
    void staysUnderEveryLimitAndPagesP1First() throws Exception {
        List<String> titles = Rig.titles("storm", TRIGGERS);
        var batch = new BatchClient(rig.platforms().url("pagerduty"));
        long began = System.nanoTime();
        try (batch) {
            fire(titles);
            rig.awaitSettled(titles, LIMIT);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        List<JsonNode> calls = FaultRig.stream(rig.platforms().calls()).toList();
        List<JsonNode> refused = calls.stream()
                .filter(call -> call.path("status").asInt() == 429)
                .toList();
        List<Page> pages = pages(calls, rig.incidents());
        long overtaken = overtaken(pages);
        System.out.printf(
                "Storm of %d: %d s, %d calls, %d of them 429 (%.2f %%: %s), batch %d calls and %d waits; P1 paged after %s, P2"
                        + " after %s; %d P2 paged while a P1 had waited for more than a window%n",
                TRIGGERS,
                took.toSeconds(),
                calls.size(),
                refused.size(),
                100.0 * refused.size() / calls.size(),
                refused.stream()
                        .map(call -> call.path("platform").asText() + " "
                                + call.path("operation").asText())
                        .distinct()
                        .toList(),
                batch.calls.get(),
                batch.waits.get(),
                waits(pages, true),
                waits(pages, false),
                overtaken);
        assertThat(refused.size()).as("calls that were one too many").isLessThanOrEqualTo(calls.size() / 100);
        assertThat(overtaken).as("P2 paged before a P1 that waited").isLessThanOrEqualTo(TRIGGERS / 50);
        // On a machine that is slower than the limit nothing waits for its turn.
        assertThat(waited(pages, true, 50))
                .as("median of P1")
                .isLessThan(Math.max(waited(pages, false, 50), UNNOTICED_MILLIS));
        rig.assertLinkedOnce(titles);
        assertThat(pages).hasSize(TRIGGERS);
        for (HubProcess hub : hubs) {
            assertThat(hub.metric("fusion_work_repaired_total").orElse(0)).isZero();
            assertThat(hub.metric("fusion_duplicates_total").orElse(0)).isZero();
            assertThat(hub.metrics().lines().filter(RateLimitStormIT::isOfAStepThatRanOut))
                    .as("steps whose attempt ran out before their call, or whose call was not answered in time")
                    .isEmpty();
        }
    }

    private static boolean isOfAStepThatRanOut(String sample) {
        return sample.startsWith("fusion_steps_total")
                && (sample.contains("unknown-outcome") || sample.contains("not-started"));
    }

    /** Every tenth is a P1. */
    private void fire(List<String> titles) throws Exception {
        var guns = Executors.newScheduledThreadPool(4);
        try {
            List<Future<?>> shots = new ArrayList<>();
            for (int i = 0; i < titles.size(); i++) {
                int number = i;
                shots.add(guns.schedule(
                        () -> shoot(number, titles.get(number)),
                        BETWEEN_TRIGGERS.toNanos() * number,
                        TimeUnit.NANOSECONDS));
            }
            for (Future<?> shot : shots) {
                shot.get();
            }
        } finally {
            guns.shutdownNow();
        }
    }

    private void shoot(int number, String title) {
        boolean isP1 = number % 10 == 0;
        String alert = Rig.alert(title, Map.of("alert_priority", isP1 ? "P1" : "P2"));
        assertThat(hubs.get(number % 2).webhook("datadog", alert)).isEqualTo(202);
    }

    private record Page(boolean isP1, long stored, long paged) {
        long waited() {
            return paged - stored;
        }
    }

    /** From when a hub had stored the incident: before that nobody can give it its turn. */
    private static List<Page> pages(List<JsonNode> calls, Map<String, JsonNode> incidents) {
        Map<String, Page> pages = new HashMap<>();
        for (JsonNode call : calls) {
            JsonNode incident = incidents.get(call.path("title").asText().replaceFirst("^\\[P\\d] ", ""));
            if (incident != null
                    && call.path("platform").asText().equals("pagerduty")
                    && call.path("operation").asText().equals("create-incident")
                    && call.path("status").asInt() == 201) {
                Page second = pages.put(
                        incident.path("id").asText(),
                        new Page(
                                incident.path("priority").asText().equals("P1"),
                                Instant.parse(incident.path("receivedAt").asText())
                                        .toEpochMilli(),
                                call.path("at").asLong()));
                assertThat(second).as("a second page").isNull();
            }
        }
        return List.copyOf(pages.values());
    }

    private static long overtaken(List<Page> pages) {
        return pages.stream()
                .filter(page -> !page.isP1())
                .filter(p2 -> pages.stream()
                        .anyMatch(p1 -> p1.isP1()
                                && p1.paged() > p2.paged()
                                && p2.paged() - p1.stored() > 1_000 * (SECONDS + 2)))
                .count();
    }

    private static String waits(List<Page> pages, boolean isP1) {
        return "p50 " + waited(pages, isP1, 50) + " ms, p95 " + waited(pages, isP1, 95) + " ms, max "
                + waited(pages, isP1, 100) + " ms";
    }

    private static long waited(List<Page> pages, boolean isP1, int percent) {
        List<Long> waits = pages.stream()
                .filter(page -> page.isP1() == isP1)
                .map(Page::waited)
                .sorted()
                .toList();
        return waits.get(Math.min(waits.size() - 1, waits.size() * percent / 100));
    }

    /** Reads from PagerDuty with the same key, ten times a second, and stops at a reserve that the answers show. */
    private static final class BatchClient implements AutoCloseable {
        private final HttpClient client = HttpClient.newHttpClient();
        private final HttpRequest request;
        private final AtomicInteger calls = new AtomicInteger();
        private final AtomicInteger waits = new AtomicInteger();
        private final AtomicLong resumeAt = new AtomicLong(System.nanoTime());
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        BatchClient(String pagerDuty) {
            request = HttpRequest.newBuilder(URI.create(pagerDuty + "/priorities"))
                    .header("Authorization", "Token token=sandbox-token")
                    .build();
            timer.scheduleWithFixedDelay(this::call, 0, 100, TimeUnit.MILLISECONDS);
        }

        private void call() {
            if (System.nanoTime() - resumeAt.get() < 0) {
                return;
            }
            try {
                HttpResponse<Void> answer = client.send(request, HttpResponse.BodyHandlers.discarding());
                calls.incrementAndGet();
                if (number(answer, "ratelimit-remaining") < 0.4 * CALLS) {
                    waits.incrementAndGet();
                    resumeAt.set(System.nanoTime() + TimeUnit.SECONDS.toNanos(number(answer, "ratelimit-reset")));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private static long number(HttpResponse<?> answer, String header) {
            return answer.headers().firstValueAsLong(header).orElse(CALLS);
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }
}
