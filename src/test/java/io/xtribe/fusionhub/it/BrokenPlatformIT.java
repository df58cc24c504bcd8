package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A platform hangs, then refuses, then heals: its breaker opens, tries and closes, and nobody else notices. */
class BrokenPlatformIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private FaultRig rig;
    private final List<Long> pageMillis = new ArrayList<>();

    @BeforeEach
    void start() {
        rig = FaultRig.start("BrokenPlatformIT", settings -> settings.env("FUSION_BREAKER_WAIT_FIRST", "1s")
                .env("FUSION_BREAKER_WAIT_LONGEST", "2s"));
        rig.warmUp();
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void isLeftAloneUntilItAnswersAgain() {
        // It hangs.
        List<String> titles = new ArrayList<>(titles("hangs", 12));
        rig.sandbox.fault("servicenow", "*").hang().always().inject();
        long began = System.currentTimeMillis();
        titles.forEach(this::triggerAndSeeItPaged);
        await().atMost(LIMIT).until(() -> List.of("BROKEN", "PROBING").contains(state("servicenow")));
        long broken = System.currentTimeMillis() - began;
        int afterOpening = rig.sandbox.calls("servicenow", null).size();
        JsonNode status = platform("servicenow");
        assertThat(status.path("since").asText()).isNotEmpty();
        assertThat(status.path("words").asText()).contains("gave no answer");
        assertThat(state("pagerduty")).isEqualTo("OK");
        assertThat(rig.hub.health().toString()).contains("since").contains("waiting");
        assertThat(rig.hub.readiness()).isEqualTo(200);

        // Then it refuses.
        rig.sandbox.clearFaults();
        rig.sandbox.fault("servicenow", "*").status(503).always().inject();
        List<String> more = titles("refuses", 12);
        more.forEach(this::triggerAndSeeItPaged);
        titles.addAll(more);
        await().pollDelay(Duration.ofSeconds(6)).atMost(LIMIT).until(() -> state("servicenow")
                .equals("BROKEN"));
        int whileBroken = rig.sandbox.calls("servicenow", null).size() - afterOpening;
        assertThat(rig.metric("fusion_platform_state", "platform=servicenow")).isGreaterThanOrEqualTo(3);
        assertThat(platform("servicenow").path("queue").path("open-p1").asInt()).isPositive();

        // And heals.
        rig.sandbox.clearFaults();
        long healed = System.currentTimeMillis();
        await().atMost(LIMIT).until(() -> state("servicenow").equals("OK"));
        long closed = System.currentTimeMillis() - healed;
        titles.forEach(title -> rig.awaitLinked(title, LIMIT));
        System.out.printf(
                "Broken platform: opened after %d ms, %d calls while it was open, closed %d ms after it healed; pages of the"
                        + " others after at most %d ms%n",
                broken,
                whileBroken,
                closed,
                pageMillis.stream().mapToLong(Long::longValue).max().orElse(0));
        assertThat(whileBroken).as("calls while it was open").isLessThan(40);
        assertThat(rig.metric("fusion_duplicates_total")).isZero();
        assertThat(rig.metric("fusion_work_repaired_total")).isZero();
    }

    private void triggerAndSeeItPaged(String title) {
        long began = System.currentTimeMillis();
        rig.trigger(title);
        await().pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !rig.creates(PAGE, title).isEmpty());
        pageMillis.add(System.currentTimeMillis() - began);
    }

    private static List<String> titles(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + " " + i).toList();
    }

    private String state(String platform) {
        return platform(platform).path("state").asText();
    }

    private JsonNode platform(String name) {
        return FaultRig.stream(rig.hub.platforms())
                .filter(platform -> platform.path("platform").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
