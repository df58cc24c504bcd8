package io.xtribe.fusionhub.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.it.FaultRig.Place;
import io.xtribe.fusionhub.testing.SandboxClient.Fault;

import static io.xtribe.fusionhub.it.FaultRig.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An answer is lost, and it is unknown whether the platform did what it was asked for: in the end there is one record
 * per platform, each link once, and a second record that turns up later is closed with a link to the first.
 *
 * <p>An attempt's lease is 4 s here and the settle time 2 s, so a create that left nothing is repeated 6 s after it.
 */
class LostAnswerIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    /** What goes wrong, how many creates that takes in all, and how many records come of it. */
    private record Loss(String name, UnaryOperator<Fault> fault, int creates, int records, int pageCreates) {}

    private static final List<Loss> LOSSES = List.of(
            new Loss("dropped after the commit", Fault::drop, 1, 1, 1),
            new Loss("reset", Fault::reset, 2, 1, 2),
            new Loss("500", fault -> fault.status(500), 2, 1, 2),
            new Loss("502", fault -> fault.status(502), 2, 1, 2),
            new Loss("504", fault -> fault.status(504), 2, 1, 2),
            new Loss("500 after the commit", fault -> fault.status(500).committed(), 1, 1, 1),
            new Loss("502 after the commit", fault -> fault.status(502).committed(), 1, 1, 1),
            new Loss("504 after the commit", fault -> fault.status(504).committed(), 1, 1, 1),
            new Loss("committed late, before it has settled", fault -> fault.late(Duration.ofSeconds(3)), 1, 1, 2),
            new Loss("committed late, after it has settled", fault -> fault.late(Duration.ofSeconds(8)), 2, 2, 2));

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("LostAnswerIT").warmUp();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    @AfterEach
    void quiet() {
        rig.sandbox.clearFaults();
        rig.sandbox.settings(Map.of("indexLagMs", Map.of("datadog", 0, "servicenow", 0, "pagerduty", 0)));
        rig.webhooksOff();
    }

    /** All at once, as most of the time is waiting. */
    @TestFactory
    Stream<DynamicTest> eachCreate() {
        double before = rig.metric("fusion_duplicates_total");
        List<DynamicTest> tests = new ArrayList<>();
        int seconds = 0;
        for (Place place : FaultRig.PLACES) {
            for (Loss loss : LOSSES) {
                String title = place.platform() + " " + place.part() + " " + loss.name();
                lose(place, loss.fault(), title);
                rig.trigger(title);
                tests.add(DynamicTest.dynamicTest(title, () -> assertRecovered(place, loss, title)));
                seconds += !place.equals(PAGE) ? loss.records() - 1 : 0;
            }
        }
        double expected = before + seconds;
        tests.add(DynamicTest.dynamicTest(
                "second records are counted",
                () -> assertThat(rig.metric("fusion_duplicates_total")).isEqualTo(expected)));
        return tests.stream();
    }

    /** The find right after the loss sees nothing yet; only after the settle time may that be believed. */
    @TestFactory
    Stream<DynamicTest> searchesLagBehind() {
        rig.sandbox.settings(Map.of("indexLagMs", Map.of("datadog", 2000, "servicenow", 2000, "pagerduty", 0)));
        List<DynamicTest> tests = new ArrayList<>();
        Loss loss = LOSSES.get(0);
        for (Place place : FaultRig.PLACES) {
            String title = "search lags, " + place.platform() + " " + place.part();
            lose(place, loss.fault(), title);
            rig.trigger(title);
            tests.add(DynamicTest.dynamicTest(title, () -> assertRecovered(place, loss, title)));
        }
        return tests.stream();
    }

    /** Every lost answer is followed by another one. */
    @TestFactory
    Stream<DynamicTest> twiceInARow() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Place place : FaultRig.PLACES) {
            String title = "lost twice, " + place.platform() + " " + place.part();
            lose(place, Fault::reset, title);
            lose(place, Fault::drop, title);
            rig.trigger(title);
            Loss loss = new Loss("", fault -> fault, 2, 1, 2);
            tests.add(DynamicTest.dynamicTest(title, () -> assertRecovered(place, loss, title)));
        }
        return tests.stream();
    }

    /** Its webhook tells of the second record before we look for it; closing it echoes back and must not close again. */
    @TestFactory
    Stream<DynamicTest> secondRecordTellsOfItself() {
        rig.webhooksOn();
        List<DynamicTest> tests = new ArrayList<>();
        for (Place place : FaultRig.PLACES) {
            String title = "with webhooks, " + place.platform() + " " + place.part();
            lose(place, fault -> fault.late(Duration.ofSeconds(8)), title);
            rig.trigger(title);
            Loss loss = LOSSES.get(LOSSES.size() - 1);
            tests.add(DynamicTest.dynamicTest(title, () -> assertRecovered(place, loss, title)));
        }
        return tests.stream();
    }

    @ParameterizedTest
    @CsvSource({
        "datadog, create-attachment, 2",
        "datadog, comment-case, 1",
        "datadog, link-incident, 1",
        "servicenow, update-incident, 1",
        "pagerduty, set-custom-fields, 1",
    })
    void eachLinkWrite(String platform, String operation, int writes) {
        for (String kind : List.of("drop", "reset", "504 committed", "500")) {
            String title = operation + " " + kind;
            Fault fault = rig.sandbox.fault(platform, operation);
            switch (kind) {
                case "drop" -> fault.drop();
                case "reset" -> fault.reset();
                case "500" -> fault.status(500);
                default -> fault.status(504).committed();
            }
            fault.inject();
            rig.trigger(title);
            rig.awaitLinked(title, LIMIT);
            assertNoFaultLeft();
        }
    }

    /** Where links have no place of their own they stand in a note, and a note cannot be taken back. */
    @ParameterizedTest
    @CsvSource({"servicenow, update-incident, servicenow.linkColumns", "pagerduty, create-note, pagerduty.customFields"
    })
    void eachNote(String platform, String operation, String feature) {
        // A hub of its own: it remembers for an hour that the feature is off.
        try (FaultRig own = FaultRig.start("LostAnswerIT-note")) {
            own.sandbox.settings(Map.of("features", Map.of(feature, false)));
            own.warmUp();
            for (String kind : List.of("drop", "reset", "504 committed", "500")) {
                String title = operation + " note " + kind;
                Fault fault = own.sandbox.fault(platform, operation);
                switch (kind) {
                    case "drop" -> fault.drop();
                    case "reset" -> fault.reset();
                    case "500" -> fault.status(500);
                    default -> fault.status(504).committed();
                }
                fault.inject();
                own.trigger(title);
                own.awaitLinked(title, LIMIT);
                assertThat(own.sandbox.faults()).isEmpty();
            }
        }
    }

    /** One of two attachments is refused at once, the other hangs and is committed later: still each link once. */
    @Test
    void attachmentsSideBySide() {
        String title = "attachments side by side";
        rig.sandbox
                .fault("datadog", "create-attachment")
                .late(Duration.ofSeconds(1))
                .inject();
        rig.sandbox.fault("datadog", "create-attachment").reset().inject();
        rig.trigger(title);
        rig.awaitLinked(title, LIMIT);
        assertNoFaultLeft();
        // Nor does the one that hung turn up beside its repetition.
        await().during(Duration.ofMillis(1500)).atMost(LIMIT).untilAsserted(() -> rig.assertLinked(title));
    }

    /**
     * PagerDuty's key is unique among open incidents only. A create that was given up opens a second page as soon as the
     * incident is resolved: it is closed with a note, whether its webhook tells of it or not.
     */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSecondPageAfterTheEndOfTheIncident(boolean webhooks) {
        if (webhooks) {
            rig.webhooksOn();
        }
        String title = "late page, webhooks " + webhooks;
        double before = rig.metric("fusion_duplicates_total");
        lose(PAGE, fault -> fault.late(Duration.ofSeconds(6)), title);
        ObjectNode triggered = FaultRig.monitor(title, "P1");
        assertThat(rig.hub.webhook("datadog", triggered.toString())).isEqualTo(202);
        rig.awaitLinked(title, Duration.ofSeconds(5));
        assertThat(rig.hub.webhook("datadog", FaultRig.recovered(triggered).toString()))
                .isEqualTo(202);

        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            List<JsonNode> pages = rig.ours(rig.id(title), PAGE);
            assertThat(pages).hasSize(2).noneMatch(FaultRig::isOpen);
            String kept = rig.part(title, PAGE).path("reference").path("id").asText();
            JsonNode second = pages.stream()
                    .filter(page -> !page.path("id").asText().equals(kept))
                    .findFirst()
                    .orElseThrow();
            assertThat(String.join("\n", FaultRig.strings(second.path("notes"))))
                    .contains(
                            rig.part(title, PAGE).path("reference").path("url").asText());
            assertThat(rig.metric("fusion_duplicates_total")).isEqualTo(before + 1);
        });
    }

    private static void lose(Place place, UnaryOperator<Fault> fault, String title) {
        String operation = place.part().equals("case") ? "create-case" : "create-incident";
        fault.apply(rig.sandbox.fault(place.platform(), operation).containing(title + "\""))
                .inject();
    }

    private static void assertRecovered(Place place, Loss loss, String title) {
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
            rig.assertLinked(title);
            assertThat(rig.ours(rig.id(title), place)).hasSize(place.equals(PAGE) ? 1 : loss.records());
        });
        for (Place other : FaultRig.PLACES) {
            assertThat(rig.creates(other, title).size() + lostWithoutATrace(other, place, loss))
                    .as("creates of %s", other)
                    .isEqualTo(!other.equals(place) ? 1 : place.equals(PAGE) ? loss.pageCreates() : loss.creates());
        }
        String id = rig.id(title);
        JsonNode kept = rig.part(title, place).path("reference");
        for (JsonNode record : rig.ours(id, place)) {
            if (!record.path("id").equals(kept.path("id"))) {
                assertClosedWithLink(record, kept.path("url").asText());
            }
        }
    }

    /** The sandbox learns what a call is about when it does its work; a fault without a change leaves no title. */
    private static int lostWithoutATrace(Place other, Place place, Loss loss) {
        boolean traceless = List.of("reset", "500", "502", "504", "").contains(loss.name());
        return other.equals(place) && traceless ? 1 : 0;
    }

    private static void assertClosedWithLink(JsonNode second, String first) {
        assertThat(FaultRig.isOpen(second)).as("second record %s", second).isFalse();
        String shown = String.join("\n", FaultRig.strings(second.path("work_notes"))) + "\n"
                + String.join("\n", FaultRig.strings(second.path("comments"))) + "\n"
                + String.join("\n", FaultRig.texts(second.path("attachments"), "url"));
        assertThat(FaultRig.times(shown, first))
                .as("%s in the second record %s", first, second)
                .isOne();
    }

    private static void assertNoFaultLeft() {
        assertThat(rig.sandbox.faults()).as("faults that met no call").isEmpty();
    }
}
