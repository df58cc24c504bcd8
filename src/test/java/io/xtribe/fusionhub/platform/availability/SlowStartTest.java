package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is sent to an endpoint while nobody knows its limit, or what the steps of a kind call. */
class SlowStartTest extends AvailabilityFixture {

    private static final String LINK = "link/incident";
    private static final String ATTACHMENTS = "/api/v2/incidents/1/attachments";
    private static final Map<String, String> PLENTY =
            Map.of("limit", "100", "remaining", "99", "period", "60", "reset", "60");

    private final PlatformAvailability platform = availability.of("by-endpoint");

    private int steps;

    @Test
    void beginsFewStepsOfAKindUntilOneHasShownWhatTheyCall() {
        // Given
        var first = begin(100);
        assertThat(first).hasSize(4);
        assertThat(platform.take(wish("other", "open/case", Lane.OPEN)))
                .as("another kind")
                .isTrue();

        // When
        attach(first.get(0), PLENTY);
        first.get(0).close();

        // Then
        assertThat(look()).isNotEmpty();
        assertThat(begin(1000)).hasSizeGreaterThan(40);
    }

    @Test
    void makesFewCallsOfAnEndpointUntilOneHasToldItsLimit() {
        // Given
        tryKind();
        var other = begin(1).get(0);
        var calls = new ArrayList<PlatformCall>();
        for (int request = 0; request < 4; request++) {
            calls.add(platform.call(other, LINK, "POST", "/api/v2/incidents/1/timeline"));
        }
        assertThat(begin(100)).isEmpty();

        // When
        answer(calls.get(0), PLENTY);

        // Then
        assertThat(look()).isNotEmpty();
    }

    /** A sandbox, or a proxy that takes headers away. */
    @Test
    void isOverForAnEndpointThatAnswersWithoutALimit() {
        tryKind();
        assertThat(begin(1000)).hasSize(1000);
    }

    @Test
    void goesOnWhileTheEndpointDoesNotAnswer() {
        // Given
        var first = begin(100);
        var calls = first.stream().map(this::attach).toList();

        // When
        first.forEach(permit -> {
            calls.get(first.indexOf(permit)).failed();
            permit.close();
        });

        // Then
        look();
        assertThat(begin(100)).hasSizeLessThan(4);
    }

    @Test
    void aRefusalWithoutALimitHalvesWhatIsSentAtOnce() {
        // Given
        tryKind();
        var calls = begin(20).stream().map(this::attach).toList();

        // When
        refuse(calls.get(0));

        // Then
        assertThat(begin(100)).isEmpty();
        calls.subList(1, 15).forEach(call -> answer(call, Map.of()));
        look();
        assertThat(begin(1000)).hasSizeBetween(5, 100);
    }

    /** A filter may answer one text so; a limit is told to others as well. */
    @Test
    void aRefusalThatOneIncidentGetsAgainAndAgainHoldsNobodyElse() {
        // Given
        tryKind();
        for (int time = 0; time < 5; time++) {
            var hostile = begin(1).get(0);
            attach(hostile).throttled("fx-hostile");
            hostile.close();
        }

        // Then
        var others = begin(20);
        assertThat(others).hasSize(20);

        // When others are refused too
        attach(others.get(0)).throttled("fx-other");

        // Then
        assertThat(begin(20)).isEmpty();
    }

    @Test
    void aRefusalThatTellsTheLimitIsHeldToThat() {
        // Given
        var first = begin(1).get(0);
        var call = attach(first);

        // When
        call.told(headers(Map.of("limit", "10", "remaining", "0", "period", "60", "reset", "7")));
        call.throttled();
        first.close();

        // Then
        assertThat(begin(10)).isEmpty();
        afterSeconds(7);
        assertThat(look()).hasSize(1);
        assertThat(begin(10)).hasSize(4);
    }

    /** What a permit sets aside is what such a step makes, not one call of each endpoint. */
    @Test
    void setsEveryCallAsideThatAStepMakesOfOneEndpoint() {
        // Given
        var first = begin(1).get(0);
        attach(first, PLENTY);
        attach(first, PLENTY);
        first.close();

        // When
        var begun = begin(1000);

        // Then
        assertThat(begun).hasSize(24);
        begun.forEach(permit -> {
            attach(permit, Map.of());
            attach(permit, Map.of());
        });
        assertThat(left()).isEqualTo(31);
    }

    @Test
    void aStepThatNeedsMoreThanTheWholeLimitBeginsWhenNothingOfItIsSpent() {
        // Given
        var tiny = Map.of("limit", "2", "remaining", "1", "period", "60", "reset", "60");
        var first = begin(1).get(0);
        attach(first, tiny);
        attach(first, tiny);
        first.close();
        assertThat(begin(1)).isEmpty();

        // When
        after(Duration.ofMinutes(2));

        // Then
        assertThat(look()).hasSize(1);
    }

    @Test
    void aStepThatNeverEndsKeepsNothingForEver() {
        // Given
        assertThat(begin(100)).hasSize(4);
        assertThat(look()).isEmpty();

        // When
        afterSeconds(61);

        // Then
        assertThat(look()).hasSize(1);
    }

    /** One step of the kind was done, and its only call was answered without a limit. */
    private void tryKind() {
        var first = begin(1).get(0);
        attach(first, Map.of());
        first.close();
    }

    /** The permits of as many steps as may begin, up to a number; one more waits if there were fewer. */
    private List<Permit> begin(int most) {
        var permits = new ArrayList<Permit>();
        while (permits.size() < most) {
            var wish = wish("incident-" + steps++, LINK, Lane.LINKS);
            if (!platform.take(wish)) {
                break;
            }
            permits.add(platform.begin(wish.key()));
        }
        return permits;
    }

    private void attach(Permit permit, Map<String, String> answer) {
        answer(attach(permit), answer);
    }

    private PlatformCall attach(Permit permit) {
        return platform.call(permit, LINK, "POST", ATTACHMENTS);
    }

    private void refuse(PlatformCall call) {
        call.told(headers(Map.of()));
        call.throttled();
    }

    private long left() {
        return platform.status().budgets().get(0).left();
    }
}
