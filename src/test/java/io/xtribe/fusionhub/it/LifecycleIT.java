package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.UnreliableWebhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * People change what they like on three platforms, some of it within a second and while the hub writes; webhooks come twice, late,
 * in another order, or not at all; calls fail in every way. When all is quiet, everything agrees.
 *
 * <p>{@code -Dfusion.test.steps=10000 -Dfusion.test.each=120} makes a long run of it, on one incident for every 120 steps;
 * {@code -Dfusion.test.seed} makes another one, {@code -Dfusion.test.long-pauses=2} has two of a hundred changes come minutes after the one
 * before.
 */
class LifecycleIT {

    private static final int STEPS = Integer.getInteger("fusion.test.steps", 120);
    private static final long SEED = Long.getLong("fusion.test.seed", 20261129);
    private static final int OF_EACH = Integer.getInteger("fusion.test.each", 12);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    /** Of a hundred pauses, how many take one to two minutes. */
    private static final int LONG_PAUSES = Integer.getInteger("fusion.test.long-pauses", 0);
    /** Of a hundred webhooks. */
    private static final int LOST = Integer.getInteger("fusion.test.lost", 12);
    /** Operations of the sandbox that change a status, a priority or a title, or comment. */
    private static final Set<String> UPDATES = Set.of(
            "update-incident",
            "update-case-status",
            "update-case-priority",
            "update-case-title",
            "create-note",
            "comment-case");

    private final Random random = new Random(SEED);
    private int faults;

    @ParameterizedTest
    @ValueSource(strings = {"never", "always"})
    void allAgreeWhenPeopleHaveActedAndCallsHaveFailed(String acknowledge) throws IOException {
        try (Rig rig = Rig.start("lifecycle");
                HubProcess hub = rig.hub()
                        // People who act at random go back and forth.
                        .env("FUSION_OSCILLATION_RETURNS", "1000")
                        .env("FUSION_PAGERDUTY_ACKNOWLEDGE", acknowledge)
                        // Polls need to know who speaks.
                        .env("FUSION_DATADOG_ORG_ID", "1200000001")
                        .env("FUSION_SERVICENOW_INSTANCE", "sandbox")
                        .env("FUSION_DATADOG_POLL", "2s")
                        .env("FUSION_SERVICENOW_POLL", "2s")
                        .env("FUSION_PAGERDUTY_POLL", "2s")
                        .start();
                UnreliableWebhooks webhooks = new UnreliableWebhooks(hub.url(), SEED)) {
            rig.webhooks(Map.of("url", webhooks.url() + "/webhooks"));
            var lives = begin(rig, Math.max(4, STEPS / OF_EACH));
            var before = updates(rig);

            webhooks.misbehave(LOST);
            live(rig, lives);
            webhooks.behave();
            rig.platforms().clearFaults();

            await().atMost(LIMIT).until(webhooks::isQuiet);
            var incidents = lives.stream().map(Life::incident).toList();
            await().pollInterval(Duration.ofSeconds(2)).atMost(LIMIT).untilAsserted(() -> {
                assertThat(rig.isSettledById(incidents)).as("all is settled").isTrue();
                assertAgreed(rig, lives, latestHearing(rig, lives), acknowledge.equals("always"));
            });
            report(lives, updates(rig) - before, webhooks.lost(), latestHearing(rig, lives));
        }
    }

    private static Duration latestHearing(Rig rig, List<Life> lives) {
        return lives.stream()
                .map(life -> life.latestHearing(rig.read(Names.TIMELINE, Names.timeline(life.incident()))))
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private static void assertAgreed(Rig rig, List<Life> lives, Duration late, boolean acknowledges) {
        var incidents = rig.incidentsById();
        for (var life : lives) {
            var incident = incidents.get(life.incident());
            var story = story(rig, incident);
            life.assertAgreed(incident, late, acknowledges, story);
            life.assertCommented(story);
        }
    }

    private void report(List<Life> lives, int writes, int lost, Duration late) {
        int comments = lives.stream().mapToInt(Life::comments).sum();
        int changes = lives.stream().mapToInt(Life::deeds).sum() + comments;
        System.out.printf(
                "%d changes by people on %d incidents, %d of them comments, %d calls failed, %d webhooks lost, %d writes: %.2f a change,"
                        + " heard %.1f s late at most (seed %d)%n",
                changes,
                lives.size(),
                comments,
                faults,
                lost,
                writes,
                (double) writes / changes,
                late.toMillis() / 1000.0,
                SEED);
        // What the hub says itself, of conflicts and acknowledgements, is a write as well.
        assertThat(writes).isLessThanOrEqualTo(3 * changes + 3 * (faults + lost));
    }

    private List<Life> begin(Rig rig, int count) {
        var titles = Rig.titles("life", count);
        titles.forEach(title -> rig.platforms().datadogAlert("P1", title));
        rig.awaitSettled(titles, LIMIT);
        var lives = new ArrayList<Life>();
        var incidents = rig.incidents();
        for (var title : titles) {
            var platforms = incidents.get(title).path("platforms");
            var ids = new HashMap<String, String>();
            for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
                ids.put(platform, id(platforms.path(platform).path("incident")));
            }
            ids.put("case", id(platforms.path("datadog").path("case")));
            lives.add(new Life(
                    incidents.get(title).path("id").asText(),
                    title,
                    rig.platforms(),
                    new Random(random.nextLong()),
                    ids));
        }
        return lives;
    }

    private static String id(JsonNode part) {
        return part.path("reference").path("id").asText();
    }

    /** In each life somebody acts every now and then, in bursts and with pauses, and now and then a call fails. */
    private void live(Rig rig, List<Life> lives) {
        var due = new HashMap<Life, Long>();
        lives.forEach(life -> due.put(life, System.nanoTime() + millis(random.nextInt(3_000))));
        for (var step = 0; step < STEPS; step++) {
            var next = due.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow()
                    .getKey();
            var moment = due.get(next);
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .atMost(LIMIT)
                    .until(() -> System.nanoTime() >= moment);
            next.act();
            due.put(next, System.nanoTime() + millis(pause()));
            if (random.nextInt(4) == 0) {
                breakOne(rig);
            }
        }
    }

    private int pause() {
        if (LONG_PAUSES > 0 && random.nextInt(100) < LONG_PAUSES) {
            return 60_000 + random.nextInt(60_000);
        }
        return switch (random.nextInt(3)) {
            case 0 -> random.nextInt(500);
            case 1 -> 1_000;
            default -> 3_000 + random.nextInt(8_000);
        };
    }

    private static long millis(int count) {
        return Duration.ofMillis(count).toNanos();
    }

    private void breakOne(Rig rig) {
        var fault =
                switch (random.nextInt(5)) {
                    case 0 -> rig.platforms().fault("pagerduty", "update-incident");
                    case 3 -> rig.platforms().fault("pagerduty", "create-note");
                    case 4 -> rig.platforms().fault("datadog", "comment-case");
                    case 1 -> rig.platforms().fault("servicenow", "update-incident");
                    default ->
                        rig.platforms()
                                .fault(
                                        "datadog",
                                        List.of(
                                                        "update-incident",
                                                        "update-case-status",
                                                        "update-case-priority",
                                                        "update-case-title")
                                                .get(random.nextInt(4)));
                };
        switch (random.nextInt(6)) {
            case 0 -> fault.status(429).header("Retry-After", "1");
            case 1 -> fault.status(503);
            case 2 -> fault.status(500).committed();
            case 3 -> fault.reset();
            case 4 -> fault.drop();
            default -> fault.late(Duration.ofMillis(1_000 + random.nextInt(900)));
        }
        fault.inject();
        faults++;
    }

    private static int updates(Rig rig) {
        var count = 0;
        for (var platform : rig.platforms().counts()) {
            for (var operation : UPDATES) {
                count += platform.path(operation).asInt();
            }
        }
        return count;
    }

    private static String story(Rig rig, JsonNode incident) {
        var story = new StringBuilder(incident.toString());
        rig.read(Names.TIMELINE, Names.timeline(incident.path("id").asText()))
                .forEach(line -> story.append("\n  ").append(line));
        return story.toString();
    }
}
