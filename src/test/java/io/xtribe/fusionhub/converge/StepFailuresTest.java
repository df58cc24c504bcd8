package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.incident.Desired;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;

/** What each kind of failure leaves in the record, and what it holds back. */
class StepFailuresTest extends StepsFixture {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(7);
    private static final Part UNTOUCHED = Samples.newIncident().part("pagerduty", "incident");

    private final Holds holds = new Holds();
    private final StepFailures failures = new StepFailures(
            steps, availability, metrics, holds, new BackOff(Duration.ofMinutes(2), Duration.ofMinutes(5)));
    private final Pass pass = new Pass(
            new Lease(Samples.ID, new WorkEntry(0, 0, "hub", 30_000, "lease", WorkLane.TRIGGER), 1, System.nanoTime()));

    @Test
    void looksAtOnceForACreateOfUnknownOutcome() {
        // When
        fail(opening(), Kind.UNKNOWN_OUTCOME);

        // Then
        assertThat(part().attempt().uncertain()).isTrue();
        assertThat(held()).isZero();
        assertThat(pass.hasFailed()).isTrue();
        assertThat(story()).containsExactly("the outcome of open of pagerduty incident is unknown: words");
        assertThat(counted("pagerduty", "open", "unknown-outcome")).isOne();
    }

    @Test
    void waitsAndReadsBeforeItWritesLinksOfUnknownOutcomeAgain() {
        // When
        fail(linking(), Kind.UNKNOWN_OUTCOME);

        // Then
        assertThat(part().linking().uncertain()).isTrue();
        assertThat(held()).isGreaterThan(Duration.ofSeconds(50));
    }

    @ParameterizedTest
    @CsvSource({"WILL_HEAL, 1", "THROTTLED, 1", "NOT_STARTED, 0"})
    void createsAgainLaterWhatWasNotCreated(Kind kind, int unanswered) {
        // When
        fail(opening(), kind);

        // Then
        assertThat(part()).isEqualTo(UNTOUCHED.withUnanswered(unanswered));
        assertThat(held()).isGreaterThan(Duration.ofSeconds(50));
        assertThat(holds.left("fx-another", "pagerduty")).isZero();
        assertThat(pass.hasFailed()).isTrue();
        assertThat(pass.retryAfter()).isZero();
        assertThat(story()).containsExactly("open of pagerduty incident not now: words");
    }

    /** What cannot be told from an outage is asked about, once it has happened several times to one text. */
    @ParameterizedTest
    @CsvSource({
        "WILL_HEAL, 2, false, false",
        "WILL_HEAL, 3, false, true",
        "THROTTLED, 3, false, true",
        "UNKNOWN_OUTCOME, 3, false, true",
        "UNKNOWN_OUTCOME, 7, true, false",
        "NOT_STARTED, 9, false, false",
        "REJECTED, 9, false, false",
        "DENIED, 0, false, true"
    })
    void asksThePlatformsProbeWhetherATextIsTheCause(Kind kind, int unanswered, boolean plain, boolean asks) {
        var step = opening(unanswered, plain);

        assertThat(failures.mustAsk(pass, step, new PlatformException(kind, "words")))
                .isEqualTo(asks);
    }

    @ParameterizedTest
    @EnumSource(names = {"WILL_HEAL", "THROTTLED"})
    void createsPlainlyAtOnceWhatWasSurelyNotCreatedForItsText(Kind kind) {
        // When
        var next = failures.judged(pass, opening(3, false), new PlatformException(kind, "words"), true);

        // Then
        assertThat(next.orElseThrow().operation()).isEqualTo(Operation.OPEN);
        assertThat(next.orElseThrow().state().attempt()).isEqualTo(part().attempt());
        assertThat(part().plain()).isTrue();
        assertThat(part().unanswered()).isEqualTo(4);
        assertThat(story())
                .containsExactly(
                        "open of pagerduty incident failed 4 times while other calls are answered: it is tried with a"
                                + " neutral title, in case its own text is the cause: words");
    }

    @Test
    void looksForWhatMayHaveBeenCreatedBeforeItCreatesPlainly() {
        // When
        var next = failures.judged(pass, opening(3, false), new PlatformException(Kind.UNKNOWN_OUTCOME, "words"), true);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().plain()).isTrue();
        assertThat(part().attempt().uncertain()).isTrue();
        assertThat(pass.hasFailed()).isTrue();
    }

    /** The platform may be away altogether: then the record is to have its own title when it is back. */
    @Test
    void createsUnderItsOwnTitleAfterAPlainOneThatFailedToo() {
        // When
        failures.failed(pass, opening(4, true), new PlatformException(Kind.WILL_HEAL, "words"));

        // Then
        assertThat(part().plain()).isFalse();
        assertThat(part().unanswered()).isEqualTo(5);
    }

    /** What comes after a title is not to wait for it without end. */
    @ParameterizedTest
    @CsvSource({"WILL_HEAL, 8, false", "WILL_HEAL, 9, true", "THROTTLED, 20, true", "UNKNOWN_OUTCOME, 20, false"})
    void asksWhetherATitleIsTheCauseOfManyPassesThatFailed(Kind kind, int tries, boolean asks) {
        var title = Step.update(
                Samples.opened(), "pagerduty", "incident", new Desired(Status.OPEN, Priority.P1, "DROP TABLE orders"));
        var late = new Pass(new Lease(
                Samples.ID, new WorkEntry(0, tries, "hub", 30_000, "lease", WorkLane.FOLLOW_UP), 1, System.nanoTime()));

        assertThat(failures.mustAsk(late, title, new PlatformException(kind, "words")))
                .isEqualTo(asks);
    }

    @Test
    void givesATitleUpThatFailsWhileTheProbeIsAnswered() {
        // Given
        store.create(Samples.opened());
        var title = Step.update(
                Samples.opened(), "pagerduty", "incident", new Desired(Status.OPEN, Priority.P1, "DROP TABLE orders"));

        // When
        var next = failures.judged(pass, title, new PlatformException(Kind.WILL_HEAL, "words"), true);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().rejections()).containsOnlyKeys(Part.TITLE);
        assertThat(pass.hasFailed()).isFalse();
    }

    @Test
    void triesAgainWhatFailsWhileTheProbeFailsToo() {
        // When
        var next = failures.judged(pass, opening(3, false), new PlatformException(Kind.WILL_HEAL, "words"), false);

        // Then
        assertThat(next).isEmpty();
        assertThat(part().plain()).isFalse();
        assertThat(part().attempt()).isNull();
        assertThat(held()).isGreaterThan(Duration.ofSeconds(50));
    }

    /** A link takes several calls, of which some may have been made. */
    @Test
    void readsBeforeItWritesLinksAgainThatFailedHalfWay() {
        // When
        fail(linking(), Kind.WILL_HEAL);

        // Then
        assertThat(part().linking().uncertain()).isTrue();
    }

    @Test
    void leavesThePlatformAloneForAsLongAsItAsks() {
        // When
        failures.failed(pass, opening(), new PlatformException(Kind.THROTTLED, 429, "slow down", RETRY_AFTER, null));

        // Then
        var pagerDuty = availability.of("pagerduty").status();
        assertThat(pagerDuty.state()).isEqualTo(State.HELD);
        assertThat(Duration.between(Instant.now(), pagerDuty.until()))
                .isBetween(RETRY_AFTER.minusMinutes(1), RETRY_AFTER);
        assertThat(pagerDuty.words()).isEqualTo("slow down");
        assertThat(availability.of("datadog").isAway()).isFalse();
        assertThat(pass.retryAfter()).isEqualTo(RETRY_AFTER);
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "FIND", "UPDATE"})
    void pausesAPlatformThatRefusesTheAccount(Operation operation) {
        // When
        fail(operation == Operation.OPEN ? opening() : step(Samples.newIncident(), operation), Kind.ACCOUNT);

        // Then
        assertThat(availability.names()).containsExactly("pagerduty");
        assertThat(availability.of("pagerduty").status().words()).isEqualTo("words");
        assertThat(part()).isEqualTo(UNTOUCHED);
        assertThat(pass.hasFailed()).isTrue();
        assertThat(story()).containsExactly("pagerduty is paused: words");
    }

    @ParameterizedTest
    @CsvSource({
        "REJECTED, OPEN",
        "REJECTED, UPDATE",
        "DENIED, OPEN",
        "DENIED, CLOSE",
        "FEATURE_OFF, OPEN",
        "FEATURE_OFF, UPDATE"
    })
    void keepsTheWordsOfARefusalAndDoesNotTryAgain(Kind kind, Operation operation) {
        // When
        fail(operation == Operation.OPEN ? opening() : step(Samples.newIncident(), operation), kind);

        // Then
        var refusal = part().rejections().get(operation.verb());
        assertThat(refusal.words()).isEqualTo("words");
        assertThat(refusal.generation()).isEqualTo(1);
        assertThat(part().attempt()).isNull();
        assertThat(pass.hasFailed()).isFalse();
        assertThat(availability.names()).isEmpty();
        assertThat(story()).containsExactly(operation.verb() + " of pagerduty incident was refused: words");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "UPDATE", "CLOSE"})
    void triesAgainWhatWasDeniedWhenTheProbeCouldNotBeAsked(Operation operation) {
        // When
        var step = operation == Operation.OPEN ? opening() : step(Samples.newIncident(), operation);
        failures.judged(pass, step, new PlatformException(Kind.DENIED, "words"), false);

        // Then
        assertThat(part()).isEqualTo(UNTOUCHED);
        assertThat(availability.names()).isEmpty();
        assertThat(held()).isGreaterThan(Duration.ofSeconds(50));
        assertThat(pass.hasFailed()).isTrue();
    }

    @Test
    void waitsForAPlatformWhoseProbeWasDeniedToo() {
        // Given
        availability.of("pagerduty").pause("the probe's words");

        // When
        failures.judged(pass, opening(), new PlatformException(Kind.DENIED, "words"), false);

        // Then
        assertThat(part()).isEqualTo(UNTOUCHED);
        assertThat(held()).isZero();
        assertThat(pass.hasFailed()).isTrue();
        assertThat(story()).containsExactly("pagerduty is paused: words");
    }

    /** Without a find nobody may create again: given up, the incident would stay unopened there for ever. */
    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "DENIED", "FEATURE_OFF"})
    void looksAgainLaterForWhatItMayNotLookForNow(Kind kind) {
        // Given
        store.create(Samples.newIncident());

        // When
        fail(step(Samples.newIncident(), Operation.FIND), kind);

        // Then
        assertThat(part().rejections()).isEmpty();
        assertThat(held()).isGreaterThan(Duration.ofSeconds(50));
        assertThat(pass.hasFailed()).isTrue();
    }

    @Test
    void looksForTheRecordThatHasOurKeyAlready() {
        // When
        fail(opening(), Kind.ALREADY);

        // Then
        assertThat(part().attempt().uncertain()).isTrue();
        assertThat(held()).isZero();
        assertThat(part().rejections()).isEmpty();
    }

    @Test
    void takesAnUpdateForDoneThatWasNotNeeded() {
        // Given
        var lagging = Samples.opened().desiring(Status.RESOLVED, Priority.P2);

        // When
        fail(step(lagging, Operation.UPDATE), Kind.ALREADY);

        // Then
        assertThat(part().known().status().value()).isEqualTo(Status.RESOLVED);
        assertThat(pass.hasFailed()).isFalse();
        assertThat(story()).containsExactly("update of pagerduty incident was not needed: words");
    }

    /** The same title would be answered so for ever, and what else is written there would wait. */
    @Test
    void takesARedirectOfATitleForARefusal() {
        // Given
        var renamed = Samples.opened();
        store.create(renamed);
        var desired = new Desired(Status.OPEN, Priority.P1, "DROP TABLE orders fails");
        var step = Step.update(renamed, "pagerduty", "incident", desired);

        // When
        failures.failed(pass, step, new PlatformException(Kind.WILL_HEAL, 302, "a redirect to a page", null, null));

        // Then
        assertThat(part().rejections()).containsOnlyKeys("title");
        assertThat(held()).isZero();
        assertThat(pass.hasFailed()).isFalse();
        assertThat(story()).containsExactly("title of pagerduty incident was refused: a redirect to a page");
    }

    /** A trigger's kind is no record: it once stood among the parts, was planned for from then on and asked for ever. */
    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "DENIED"})
    void asksNoMoreAboutAnOldTriggerOnceThatIsRefused(Kind kind) {
        // Given
        var old = Samples.unconfirmed();
        store.create(old);

        // When
        fail(Step.readOrigin(old), kind);

        // Then
        var refused = store.get(Samples.ID);
        assertThat(refused.rejections().get("read").words()).isEqualTo("words");
        assertThat(refused.platforms()).isEqualTo(old.platforms());
        assertThat(Plan.of(refused, Samples.PROFILES, clock, platform -> Duration.ZERO)
                        .isComplete())
                .isTrue();
        assertThat(Plan.of(
                                refused.desiring(Status.OPEN, Priority.P2),
                                Samples.PROFILES,
                                clock,
                                platform -> Duration.ZERO)
                        .steps())
                .hasSize(1);
        assertThat(pass.hasFailed()).isFalse();
        assertThat(story()).containsExactly("read of the origin, datadog.monitor was refused: words");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_OUTCOME", "WILL_HEAL", "ACCOUNT", "NOT_STARTED"})
    void asksAboutAnOldTriggerAgainWhenThatFailed(Kind kind) {
        // Given
        var old = Samples.unconfirmed();
        store.create(old);

        // When
        fail(Step.readOrigin(old), kind);

        // Then
        assertThat(store.get(Samples.ID)).isEqualTo(old);
        assertThat(pass.hasFailed()).isTrue();
    }

    /** An optional place for links is done without by the route; the last one is missing until it can be written. */
    @Test
    void keepsLinksForMissingThatTheAccountHasNoPlaceFor() {
        // When
        fail(linking(), Kind.FEATURE_OFF);

        // Then
        assertThat(part().links()).isEmpty();
        assertThat(part().rejections()).containsOnlyKeys("link");
        assertThat(part().linking().uncertain()).isTrue();
    }

    @Test
    void onlySaysWhatItWouldHaveDoneWhereItObserves() {
        // Given
        var step = opening();
        var before = store.revision();

        // When
        fail(step, Kind.OBSERVED);

        // Then
        assertThat(store.revision()).isEqualTo(before);
        assertThat(story()).containsExactly("words");
        assertThat(pass.hasFailed()).isFalse();
    }

    /** A hub that was away for long hears of the failure of a create that another one has taken over meanwhile. */
    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_OUTCOME", "WILL_HEAL", "ACCOUNT", "REJECTED"})
    void leavesAloneWhatSomebodyElseHasBegunSince(Kind kind) {
        // Given
        var opening = opening();
        var linking = Step.link(opening.incident(), "servicenow", "incident", Map.of(), false);
        store.change(Samples.ID, attempts::forTrigger);
        store.change(
                Samples.ID,
                incident -> incident.withPart(
                        "servicenow",
                        "incident",
                        part -> part.linking(incident.part("datadog", "case").attempt())));
        var now = store.get(Samples.ID);

        // When
        fail(opening, kind);
        fail(linking, kind);

        // Then
        assertThat(store.get(Samples.ID)).isEqualTo(now);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_OUTCOME", "WILL_HEAL", "REJECTED"})
    void leavesAloneWhatItsWebhookHasSettledMeanwhile(Kind kind) {
        // Given
        var opening = opening();
        store.change(Samples.ID, incident -> Samples.opened(incident, "pagerduty", "incident"));
        var now = part();

        // When
        fail(opening, kind);

        // Then
        assertThat(part()).isEqualTo(now);
    }

    /** What was denied is so after a probe that was answered. */
    private void fail(Step step, Kind kind) {
        var failure = new PlatformException(kind, "words");
        if (kind == Kind.DENIED) {
            failures.judged(pass, step, failure, true);
        } else {
            failures.failed(pass, step, failure);
        }
    }

    private Step opening() {
        return step(attempts.forTrigger(Samples.newIncident()), Operation.OPEN);
    }

    private Step opening(int unanswered, boolean plain) {
        var incident = attempts.forTrigger(Samples.newIncident());
        return step(
                incident.withPart("pagerduty", "incident", part -> part.withUnanswered(unanswered)
                        .withPlain(plain)),
                Operation.OPEN);
    }

    private Step linking() {
        var links = Map.of("datadog", Samples.reference("datadog", "incident"));
        var planned = Samples.opened();
        var incident = attempts.forSteps(planned, List.of(Step.link(planned, "pagerduty", "incident", links, false)));
        store.create(incident);
        return Step.link(incident, "pagerduty", "incident", links, false);
    }

    private Step step(Incident incident, Operation operation) {
        return step(incident, "pagerduty", operation);
    }

    private Part part() {
        return part("pagerduty");
    }

    private Duration held() {
        return holds.left(Samples.ID, "pagerduty");
    }
}
