package io.xtribe.fusionhub.routes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

import io.xtribe.fusionhub.converge.AttemptClock;
import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.converge.PassDriver;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.OptionalFeatures;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each operation of each vendor is answered once with whatever a vendor, or what stands in front of it, may answer, in the
 * life of an incident: it is paged, opened everywhere once, linked and resolved, nothing is made twice, nothing goes on for
 * ever, and the timeline says what happened. What was refused is tried again once, as when its cause is mended.
 *
 * <p>The build makes a choice of the answers, {@code -Dfusion.answers.seed=<number>} another one; {@code -Dfusion.answers=all}
 * gives every operation every one.
 */
class VendorAnswersRouteTest extends PlatformRouteTest {

    private static final long SEED = Long.getLong("fusion.answers.seed", 20261129);
    private static final boolean ALL = "all".equals(System.getProperty("fusion.answers"));
    private static final int MOST_PASSES = 25;
    private static final int MOST_CALLS = 60;
    private static final Pattern OF_THE_CLIENT =
            Pattern.compile("[a-z]Exception|jackson|Problem with reading|invoking http");
    private static final String TWICE = "may stand there twice";

    /** Each with what must be for it to be called, and a create whose answer is lost before where it is for that only. */
    private enum Called {
        PAGE("pagerduty", "create-incident"),
        PAGE_FIELDS("pagerduty", "set-custom-fields"),
        PAGE_NOTE("pagerduty", "create-note", "pagerduty.customFields"),
        PAGE_NOTES("pagerduty", "list-notes", "pagerduty.customFields", "create-note"),
        PAGE_FIND("pagerduty", "list-incidents", "", "create-incident"),
        PAGE_UPDATE("pagerduty", "update-incident"),
        TICKET("servicenow", "create-incident"),
        TICKET_FIND("servicenow", "query-incidents", "", "create-incident"),
        TICKET_COLUMNS_OR_UPDATE("servicenow", "update-incident"),
        TICKET_NOTE("servicenow", "update-incident", "servicenow.linkColumns"),
        TICKET_NOTES("servicenow", "query-journal", "servicenow.linkColumns", "update-incident"),
        TICKET_DISPLAY("servicenow", "get-incident", "servicenow.linkColumns,servicenow.journal", "update-incident"),
        CASE("datadog", "create-case"),
        CASE_FIND("datadog", "search-cases", "", "create-case"),
        CASE_JOIN("datadog", "link-incident"),
        CASE_COMMENT("datadog", "comment-case"),
        CASE_COMMENTS("datadog", "list-case-timeline", "", "comment-case"),
        CASE_READ("datadog", "get-case"),
        INCIDENT("datadog", "create-incident"),
        INCIDENT_FIND("datadog", "search-incidents", "", "create-incident"),
        INCIDENT_LINK("datadog", "create-attachment"),
        INCIDENT_LINKS("datadog", "list-attachments", "", "create-attachment"),
        INCIDENT_UPDATE("datadog", "update-incident");

        private final String platform;
        private final String operation;
        private final List<String> without;
        private final String lost;

        Called(String platform, String operation) {
            this(platform, operation, "");
        }

        Called(String platform, String operation, String without) {
            this(platform, operation, without, "");
        }

        Called(String platform, String operation, String without, String lost) {
            this.platform = platform;
            this.operation = operation;
            this.without = without.isEmpty() ? List.of() : List.of(without.split(","));
            this.lost = lost;
        }

        void prepare() {
            without.forEach(feature -> sandbox.settings(Map.of("features", Map.of(feature, false))));
            if (!lost.isEmpty()) {
                var fault = sandbox.fault(platform, lost);
                // Without columns the first update writes to them in vain, the second writes the note.
                if (lost.equals("update-incident")) {
                    fault = fault.containing("work_notes");
                }
                fault.drop().inject();
            }
        }
    }

    private final PassDriver driver = new PassDriver();
    private final Set<String> off = ConcurrentHashMap.newKeySet();
    private int lives;

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.datadog.case-attribute", "fusion_id", "fusion.datadog.incident-field", "fusion_id");
    }

    /** What an incident turned off must not keep the next one from asking. */
    @Override
    Beans beans() {
        return super.beans()
                .with(AttemptClock.class, driver.clock())
                .with(OptionalFeatures.class, new OptionalFeatures() {
                    @Override
                    public boolean isOn(String feature) {
                        return !off.contains(feature);
                    }

                    @Override
                    public void turnOff(String feature) {
                        off.add(feature);
                    }
                });
    }

    @TestFactory
    @Timeout(3600)
    Stream<DynamicTest> whateverIsAnsweredOnce() {
        driver.use(
                store,
                beans.get(Platforms.class),
                beans.get(AttemptMaker.class),
                beans.get(Availability.class),
                template);
        template.sendBody("direct:platform-list-one", "pagerduty-list-priorities");
        var tests = new ArrayList<DynamicTest>();
        for (var called : Called.values()) {
            for (var answer : ALL ? VendorAnswer.all() : VendorAnswer.some(SEED + called.ordinal())) {
                tests.add(DynamicTest.dynamicTest(
                        called.platform + " " + called + " " + answer, () -> live(called, answer)));
            }
        }
        return tests.stream();
    }

    private void live(Called called, VendorAnswer answer) {
        sandbox.reset();
        off.clear();
        called.prepare();
        answer.inject(sandbox, called.platform, called.operation);
        var id = String.format("fx-%032x", ++lives);
        store.create(beans.get(AttemptMaker.class).forTrigger(incident(id)));

        driver.run(id, MOST_PASSES);
        othersAreOpen(id, called.platform);
        mend(id);
        standsOnceEverywhere(id);

        store.change(id, incident -> incident.desiring(Status.ACKNOWLEDGED, Priority.P2));
        driver.run(id, MOST_PASSES);
        mend(id);
        store.change(id, incident -> incident.desiring(Status.RESOLVED, Priority.P2));
        driver.run(id, MOST_PASSES);
        mend(id);

        var story = story(id);
        assertThat(sandbox.faults()).as("answers that nobody got\n%s", story).isEmpty();
        assertThat(records(id)).as(story).hasSize(4);
        assertThat(records(id).values()).as(story).allMatch(VendorAnswersRouteTest::isOver);
        assertThat(sandbox.calls().size()).as("calls\n%s", story).isLessThan(MOST_CALLS);
        assertThat(timeline.texts(id))
                .as("what was answered is told")
                .anyMatch(text -> isTold(text, called, answer))
                .as("in words for people")
                .noneMatch(text -> OF_THE_CLIENT.matcher(text).find());
        assertThat(beans.get(Availability.class).names()).isEmpty();
    }

    private static boolean isTold(String text, Called called, VendorAnswer answer) {
        return text.contains(called.platform)
                        // A success that is none is told as 200, as the tables of refusals call it.
                        && (text.contains(answer.isSuccess() ? "answered 200" : String.valueOf(answer.status()))
                                || text.contains("is not as expected")
                                || text.contains("is not JSON")
                                || text.contains("gave no answer"))
                || text.contains(TWICE);
    }

    /** Whatever one platform answered, the others are open, and show each other. */
    private void othersAreOpen(String id, String platform) {
        var incident = store.get(id);
        for (var profile : beans.get(Platforms.class).profiles()) {
            for (var part : profile.parts()) {
                if (!profile.name().equals(platform)) {
                    assertThat(incident.part(profile.name(), part).isOpened())
                            .as("%s of %s\n%s", part, profile.name(), story(id))
                            .isTrue();
                }
            }
        }
    }

    /** What is refused for once is taken the next time. */
    private void mend(String id) {
        var before = store.get(id);
        var after = before.retrying(Rule.OPERATOR, (platform, refusal) -> true);
        if (!after.incident().equals(before)) {
            assertThat(timeline.texts(id))
                    .anyMatch(text -> text.contains("was refused") || text.contains("puts its status"));
            store.change(id, incident -> after.incident());
            driver.run(id, MOST_PASSES);
        }
    }

    private void standsOnceEverywhere(String id) {
        var story = story(id);
        assertThat(store.get(id).pagedAt()).as("paged\n%s", story).isNotNull();
        var records = records(id);
        assertThat(records).as("records\n%s", story).hasSize(4);
        var isTwice = timeline.texts(id).stream().anyMatch(text -> text.contains(TWICE));
        records.forEach((name, record) -> {
            var shown = linksOf(record);
            records.forEach((other, linked) -> {
                if (!other.equals(name)
                        && !other.equals("case")
                        && !(name.equals("datadog") && other.equals("datadog"))) {
                    assertThat(times(shown, linked.path("url").asText()))
                            .as("%s in %s %s\n%s", other, name, record, story)
                            .isBetween(1, isTwice ? 2 : 1);
                }
            });
        });
    }

    /** The records with our key: each of the four once, or this fails. */
    private static Map<String, JsonNode> records(String id) {
        var found = new LinkedHashMap<String, JsonNode>();
        for (var platform : List.of("datadog", "servicenow", "pagerduty")) {
            for (var kind : List.of("incident", "case")) {
                for (var record : records(platform, kind)) {
                    if (record.toString().contains(id)) {
                        assertThat(found.put(kind.equals("case") ? kind : platform, record))
                                .as("a second %s of %s", kind, platform)
                                .isNull();
                    }
                }
            }
        }
        return found;
    }

    private static boolean isOver(JsonNode record) {
        return List.of("resolved", "completed", "Closed", "6", "7", "8")
                .contains(record.path("status").asText());
    }

    private String story(String id) {
        return String.join("\n", timeline.texts(id)) + "\n" + sandbox.calls();
    }

    private static Incident incident(String id) {
        return new IncidentBuilder().from(incident()).id(id).build();
    }

    /** Lines in which a link is written as HTML repeat one in which it is written as text. */
    private static String linksOf(JsonNode record) {
        var text = new StringBuilder();
        for (var member : List.of("attachments", "comments", "columns", "custom_fields", "work_notes", "notes")) {
            collect(record.path(member), text);
        }
        return text.toString();
    }

    private static void collect(JsonNode node, StringBuilder text) {
        if (node.isTextual()) {
            node.asText().lines().filter(line -> !line.startsWith("[code]")).forEach(line -> text.append(line)
                    .append('\n'));
        }
        node.forEach(child -> collect(child, text));
    }

    private static int times(String text, String url) {
        return (int) text.lines().filter(line -> line.endsWith(url)).count();
    }
}
