package io.xtribe.fusionhub.routes;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.converge.AttemptMaker;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentBuilder;
import io.xtribe.fusionhub.incident.KeptComment;
import io.xtribe.fusionhub.incident.KeptCommentBuilder;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rule;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.SandboxClient;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What stands in front of a platform answers one text with what looks like an outage, a limit or wrong credentials, and everything else as
 * usual: the record is opened all the same, under a neutral title. In a real outage it keeps its own. What is written on it later is given up for
 * an hour, so that what comes after it is not held up. So are links and a state that nothing answers.
 */
class TextWithoutAnswerRouteTest extends NatsRouteTest {

    private static final String ID = PlatformRouteTest.ID;
    private static final String OWN = PlatformRouteTest.incident().title();
    private static final String NEUTRAL = "[P1] Incident " + ID;
    private static final String HOSTILE = "DROP TABLE orders fails";
    private static final String PAGE = "<html><body>Request blocked</body></html>";

    @Override
    Map<String, String> moreSettings() {
        return Map.of(
                "fusion.converge.back-off-first", "50ms",
                "fusion.converge.back-off-longest", "1s",
                // So long would everybody wait for texts that are taken for an outage.
                "fusion.breaker.wait-first", "1m",
                "fusion.breaker.wait-longest", "2m",
                "fusion.pagerduty.timeout", "500ms",
                "fusion.pagerduty.settle", "100ms");
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
        triggered(PlatformRouteTest.incident());
    }

    private void triggered(Incident incident) {
        store.create(beans.get(AttemptMaker.class).forTrigger(incident));
        work.enterTrigger(incident.id(), WorkLane.P1_TRIGGER).ifPresent(queue::enter);
    }

    private void awaitSettled() {
        await().atMost(SOON.multipliedBy(5)).untilAsserted(() -> {
            assertThat(record().isSettled()).as("%s", timeline.texts(ID)).isTrue();
            assertThat(work.ids()).isEmpty();
        });
    }

    private Incident record() {
        return store.get(ID);
    }

    /** Nothing is under way after so many creates: what is changed now is there before the next one. */
    private boolean waitsAfter(String platform, String name, int creates) {
        var part = record().part(platform, name);
        return part.unanswered() >= creates && part.attempt() == null && !part.plain();
    }

    private String title(String platform, String part) {
        assertThat(records(platform, part)).as("%s", timeline.texts(ID)).hasSize(1);
        var record = records(platform, part).get(0);
        return record.path(record.has("short_description") ? "short_description" : "title")
                .asText();
    }

    private SandboxClient.Fault answered(String platform, String operation, String how) {
        var fault = sandbox.fault(platform, operation);
        return switch (how) {
            case "reset" -> fault.reset();
            case "hang" -> fault.hang();
            case "cut" -> fault.status(200).body("{\"note\": {\"id\": \"P");
            case "page" -> fault.status(200).body(PAGE);
            default -> fault.status(Integer.parseInt(how)).body(PAGE);
        };
    }

    @ParameterizedTest
    @CsvSource({
        "pagerduty, incident, 503",
        "pagerduty, incident, 429",
        "pagerduty, incident, 401",
        "pagerduty, incident, 408",
        "pagerduty, incident, 500",
        "pagerduty, incident, reset",
        "servicenow, incident, 503",
        "servicenow, incident, 429",
        "servicenow, incident, 401",
        "datadog, incident, 503",
        "datadog, incident, 401",
        "datadog, case, 429"
    })
    void opensUnderANeutralTitle(String platform, String part, String how) {
        // Given
        answered(platform, "create-" + part, how).containing(OWN).always().inject();

        // When
        triggered();

        // Then
        awaitSettled();
        assertThat(title(platform, part)).startsWith(NEUTRAL);
        assertThat(record().linkedAt()).isNotNull();
        assertThat(record().part(platform, part).rejections()).isEmpty();
        assertThat(record().part(platform, part).unanswered()).isZero();
        assertThat(timeline.texts(ID)).anyMatch(text -> text.contains("it is tried with a neutral title"));
    }

    @ParameterizedTest
    @CsvSource({"pagerduty, incident, 503", "servicenow, incident, 503", "datadog, case, 429"})
    void keepsItsTitleWhereThePlatformAnswersNothing(String platform, String part, String how) {
        // Given a platform that is away for longer than some tries take
        answered(platform, "*", how).always().inject();
        triggered();
        await().atMost(SOON.multipliedBy(2)).until(() -> waitsAfter(platform, part, 5));

        // When
        sandbox.clearFaults();

        // Then
        awaitSettled();
        assertThat(title(platform, part)).isEqualTo("[P1] " + OWN);
    }

    @Test
    void keepsItsTitleWhereNoTextIsTaken() {
        // Given a platform that can be read while nothing can be opened
        sandbox.fault("pagerduty", "create-incident").status(503).always().inject();
        triggered();
        await().atMost(SOON.multipliedBy(2)).until(() -> waitsAfter("pagerduty", "incident", 7));

        // When
        sandbox.clearFaults();

        // Then
        awaitSettled();
        assertThat(title("pagerduty", "incident")).isEqualTo("[P1] " + OWN);
    }

    /** They look like an outage, and the probe tells that there is none. */
    @Test
    void makesNobodyElseWaitForManySuchTextsAtOnce() {
        // Given
        sandbox.fault("servicenow", "create-incident")
                .status(503)
                .containing(HOSTILE)
                .always()
                .inject();
        for (int number = 0; number < 12; number++) {
            triggered(new IncidentBuilder()
                    .from(PlatformRouteTest.incident())
                    .id(String.format("fx-%032x", number))
                    .title(HOSTILE + " " + number)
                    .build());
        }
        await().atMost(SOON)
                .until(() -> sandbox.counts()
                                .path("servicenow")
                                .path("create-incident")
                                .asInt()
                        >= 12);

        // When
        triggered();

        // Then
        await().atMost(SOON.multipliedBy(2)).until(() -> record().linkedAt() != null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "502", "reset", "hang", "cut", "503", "429"})
    void givesATitleAndACommentUpThatNothingAnswersAndGoesOnWithTheNext(String how) {
        // Given
        triggered();
        awaitSettled();
        answered("pagerduty", "update-incident", how)
                .containing(HOSTILE)
                .always()
                .inject();
        answered("pagerduty", "create-note", how).containing("hostile").always().inject();

        // When
        change(incident -> incident.withTitle(HOSTILE).withComments(List.of(said("hostile"), said("harmless"))));

        // Then
        awaitSettled();
        assertThat(record().part("pagerduty", "incident").rejections()).containsOnlyKeys(Part.TITLE, Part.COMMENT);
        assertThat(title("pagerduty", "incident")).isEqualTo("[P1] " + OWN);
        assertThat(title("servicenow", "incident")).isEqualTo("[P1] " + HOSTILE);
        assertThat(notes())
                .as("%s", timeline.texts(ID))
                .noneMatch(note -> note.contains("hostile"))
                .anyMatch(note -> note.contains("harmless"));

        // When it is tried again later
        sandbox.clearFaults();
        change(incident ->
                incident.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident());

        // Then
        awaitSettled();
        assertThat(record().part("pagerduty", "incident").rejections()).isEmpty();
        assertThat(title("pagerduty", "incident")).isEqualTo("[P1] " + HOSTILE);
        assertThat(notes()).filteredOn(note -> note.contains("hostile")).hasSize(1);
    }

    /** What a text is answered with keeps nobody from resolving the incident there, and an outage costs no comment. */
    @Test
    void resolvesThePageWhileACommentAndATitleAreNotTaken() {
        // Given
        triggered();
        awaitSettled();
        answered("pagerduty", "update-incident", "503")
                .containing(HOSTILE)
                .always()
                .inject();
        answered("pagerduty", "create-note", "503").always().inject();
        change(incident -> incident.withTitle(HOSTILE).withComments(List.of(said("hostile"))));
        await().atMost(SOON)
                .until(() -> record().part("pagerduty", "incident").failedWork().size() == 2);

        // When
        change(incident -> incident.desiring(Status.RESOLVED, Priority.P1));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        records("pagerduty", "incident").get(0).path("status").asText())
                .as("%s", timeline.texts(ID))
                .isEqualTo("resolved"));
        assertThat(record().part("pagerduty", "incident").rejections()).isEmpty();
    }

    /** What else is to be done there does not wait for links, and they are not tried without end. */
    @ParameterizedTest
    @ValueSource(strings = {"500", "cut", "429"})
    void givesLinksUpThatNothingAnswersAndGoesOnWithTheRest(String how) {
        // Given
        answered("datadog", "create-attachment", how).always().inject();
        triggered();
        await().atMost(SOON)
                .until(() -> !record().part("datadog", "incident").failedWork().isEmpty());

        // When
        change(incident -> incident.desiring(Status.RESOLVED, Priority.P1));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        records("datadog", "incident").get(0).path("status").asText())
                .as("%s", timeline.texts(ID))
                .isEqualTo("resolved"));
        awaitSettled();
        assertThat(record().part("datadog", "incident").rejections()).containsOnlyKeys("link");
        assertThat(timeline.texts(ID))
                .anyMatch(text -> text.startsWith("link of datadog incident failed 7 times in a row"));

        // When it is tried again later
        sandbox.clearFaults();
        change(incident ->
                incident.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident());

        // Then
        awaitSettled();
        assertThat(record().part("datadog", "incident").rejections()).isEmpty();
        assertThat(record().part("datadog", "incident").failedWork()).isEmpty();
        assertThat(record().part("datadog", "incident").links()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "reset"})
    void givesAStatusUpThatNothingAnswersAndGoesOnWithTheRest(String how) {
        // Given
        triggered();
        awaitSettled();
        answered("pagerduty", "update-incident", how)
                .containing("resolved")
                .always()
                .inject();

        // When
        change(incident -> incident.withComments(List.of(said("harmless"))).desiring(Status.RESOLVED, Priority.P1));

        // Then
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(notes()).as("%s", timeline.texts(ID)).anyMatch(note -> note.contains("harmless")));
        awaitSettled();
        assertThat(record().part("pagerduty", "incident").rejections()).containsOnlyKeys("update");
        assertThat(records("pagerduty", "incident").get(0).path("status").asText())
                .isNotEqualTo("resolved");

        // When it is tried again later
        sandbox.clearFaults();
        change(incident ->
                incident.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident());

        // Then
        awaitSettled();
        assertThat(records("pagerduty", "incident").get(0).path("status").asText())
                .isEqualTo("resolved");
        assertThat(record().part("pagerduty", "incident").failedWork()).isEmpty();
    }

    /** However long the platform is away: the tries that it has cost are not the text's. */
    @Test
    void givesNoCommentUpInAnOutage() {
        // Given
        triggered();
        awaitSettled();
        sandbox.fault("pagerduty", "*").status(503).always().inject();
        change(incident -> incident.withComments(List.of(said("harmless"))));
        await().atMost(SOON.multipliedBy(2))
                .until(() -> timeline.texts(ID).stream()
                                .filter(text -> text.contains("not now"))
                                .count()
                        > 9);

        // When
        sandbox.clearFaults();

        // Then
        awaitSettled();
        assertThat(notes()).filteredOn(note -> note.contains("harmless")).hasSize(1);
        assertThat(timeline.texts(ID)).noneMatch(text -> text.contains("counts as refused"));
        assertThat(record().part("pagerduty", "incident").failedWork()).isEmpty();
    }

    /** Its first call has its effect, and no answer ever says so. */
    @Test
    void writesACommentOnceThatWasGivenUpAndStandsAllTheSame() {
        // Given
        triggered();
        awaitSettled();
        answered("pagerduty", "create-note", "500")
                .committed()
                .containing("hostile")
                .always()
                .inject();
        answered("pagerduty", "list-notes", "500").always().inject();
        change(incident -> incident.withComments(List.of(said("hostile"))));
        awaitSettled();
        assertThat(record().part("pagerduty", "incident").rejections()).containsOnlyKeys(Part.COMMENT);

        // When it is tried again later
        sandbox.clearFaults();
        change(incident ->
                incident.retrying(Rule.OPERATOR, (platform, refusal) -> true).incident());

        // Then
        awaitSettled();
        assertThat(record().part("pagerduty", "incident").rejections()).isEmpty();
        assertThat(notes()).filteredOn(note -> note.contains("hostile")).hasSize(1);
    }

    private void change(UnaryOperator<Incident> change) {
        store.change(ID, incident -> change.apply(incident).unsettled());
        work.mark(ID, WorkLane.FOLLOW_UP);
        queue.wake(ID, WorkLane.FOLLOW_UP);
    }

    private static KeptComment said(String text) {
        return new KeptCommentBuilder()
                .key("%012x".formatted(text.hashCode() & 0xffffffL))
                .platform("servicenow")
                .digest(text)
                .said(text)
                .at(Instant.EPOCH)
                .build();
    }

    private List<String> notes() {
        var notes = records("pagerduty", "incident").get(0).path("notes");
        return StreamSupport.stream(notes.spliterator(), false)
                .map(JsonNode::toString)
                .toList();
    }
}
