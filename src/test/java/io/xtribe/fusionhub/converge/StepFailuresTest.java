package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What each kind of failure leaves in the record, and what it holds back. */
class StepFailuresTest extends StepFailuresFixture {

    private static final Duration RETRY_AFTER = Duration.ofMinutes(7);
    private static final Part UNTOUCHED = Samples.newIncident().part("pagerduty", "incident");

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
        assertThat(holds.left(Samples.ID, Holds.of("pagerduty", "incident", "link")))
                .isGreaterThan(Duration.ofSeconds(20));
        assertThat(held()).isZero();
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

    private Step linking() {
        var links = Map.of("datadog", Samples.reference("datadog", "incident"));
        var planned = Samples.opened();
        var incident = attempts.forSteps(planned, List.of(Step.link(planned, "pagerduty", "incident", links, false)));
        store.create(incident);
        return Step.link(incident, "pagerduty", "incident", links, false);
    }
}
