package io.xtribe.fusionhub.platform.availability;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may call a platform whose rate limit is short, and when. */
class GovernorTest extends AvailabilityFixture {

    private final PlatformAvailability limited = availability.of("limited");
    private final PlatformAvailability byEndpoint = availability.of("by-endpoint");

    @Test
    void opensEverythingWhereNoLimitIsKnown() {
        assertThat(takeAll(availability.of("free"), Lane.OPEN, 10_000)).isEqualTo(10_000);
    }

    /** They would wait for a thread behind every create that comes meanwhile, and their attempts would grow old. */
    @Test
    void beginsNoMoreLinksThanAreSoonCalledForAndEveryCreate() {
        // Given
        var free = availability.of("free");
        var first = wish("first", Lane.LINKS);
        free.take(first);
        var permit = free.begin(first.key());
        assertThat(takeAll(free, Lane.LINKS, 100)).isEqualTo(19);
        assertThat(takeAll(free, Lane.STATUS, 1)).isZero();

        // Then
        assertThat(takeAll(free, Lane.OPEN, 1)).isEqualTo(1);
        assertThat(takeAll(free, Lane.OPEN_P1, 1)).isEqualTo(1);

        permit.close();
        assertThat(look()).as("while 21 are under way").isEmpty();

        // When
        afterSeconds(61);

        // Then
        assertThat(look()).as("when all are over").isNotEmpty();
    }

    /** What was set aside in the last window may be called in the next, of which no answer has told anything yet. */
    @Test
    void countsWhatIsUnderWayInTheNextWindowToo() {
        // Given
        assertThat(takeAll(limited, Lane.OPEN_P1, 70)).isEqualTo(70);

        // When
        afterSeconds(59);

        // Then
        assertThat(takeAll(limited, Lane.OPEN_P1, 1000)).isEqualTo(30);
    }

    @Test
    void leavesAPartOfTheLimitToOthersAndRefillsTheRest() {
        assertThat(takeAll(limited, Lane.OPEN_P1, 1000)).isEqualTo(80);
        afterSeconds(6);
        assertThat(look()).hasSize(1);
        assertThat(takeAll(limited, Lane.OPEN_P1, 1000)).isEqualTo(9);
    }

    @Test
    void keepsForEachLaneWhatLessUrgentOnesMayNotSpend() {
        assertThat(takeAll(limited, Lane.BATCH, 1000)).isEqualTo(30);
        assertThat(takeAll(limited, Lane.LINKS, 1000)).isEqualTo(20);
        assertThat(takeAll(limited, Lane.STATUS, 1000)).isEqualTo(5);
        assertThat(takeAll(limited, Lane.OPEN, 1000)).isEqualTo(5);
        assertThat(takeAll(limited, Lane.OPEN_P1, 1000)).isEqualTo(20);
    }

    @Test
    void givesTurnsByLaneThenByArrival() {
        // Given
        takeAll(limited, Lane.OPEN_P1, 1000);
        availability.look();
        limited.take(wish("link", Lane.LINKS));
        limited.take(wish("p2-first", Lane.OPEN));
        limited.take(wish("p2-second", Lane.OPEN));
        limited.take(wish("p1", Lane.OPEN_P1));

        // When
        afterSeconds(30);

        // Then
        assertThat(look()).endsWith("p1", "p2-first", "p2-second", "link");
    }

    @Test
    void letsNobodyPassWhoIsNotMoreUrgent() {
        // Given
        takeAll(limited, Lane.OPEN_P1, 80);
        assertThat(limited.take(wish("first", Lane.OPEN))).isFalse();

        // When
        afterSeconds(30);

        // Then
        assertThat(limited.take(wish("late", Lane.OPEN))).isFalse();
        assertThat(limited.take(wish("urgent", Lane.OPEN_P1))).isTrue();
        assertThat(look()).containsExactly("first", "late");
    }

    @Test
    void keepsAPermitForTheOneWhoseTurnCame() {
        // Given
        takeAll(limited, Lane.OPEN_P1, 80);
        var waiting = wish("waiting", Lane.OPEN_P1);
        limited.take(waiting);
        afterSeconds(1);
        assertThat(look()).containsExactly("waiting");

        // When, Then
        assertThat(limited.take(wish("another", Lane.OPEN_P1))).isFalse();
        assertThat(limited.take(waiting)).isTrue();
        assertThat(limited.begin(waiting.key())).isNotNull();
        assertThat(limited.begin(waiting.key())).isNull();
    }

    @Test
    void givesThePermitOfOneWhoDoesNotComeToSomebodyElse() {
        // Given
        takeAll(limited, Lane.OPEN_P1, 79);
        limited.take(wish("away", Lane.OPEN_P1));
        limited.take(wish("waiting", Lane.OPEN));
        limited.told("", headers(Map.of("limit", "100", "remaining", "80", "reset", "60")));
        afterSeconds(9);
        assertThat(look()).isEmpty();

        // When
        afterSeconds(2);

        // Then
        assertThat(look()).isEmpty();
        assertThat(limited.take(wish("p1", Lane.OPEN_P1))).isTrue();
    }

    @Test
    void givesBackWhatAStepHasNotUsed() {
        // Given
        var wish = wish("unused", Lane.OPEN_P1);
        limited.take(wish);
        var permit = limited.begin(wish.key());

        // When
        permit.close();
        permit.close();

        // Then
        assertThat(left()).isEqualTo(80);
    }

    @Test
    void letsAStepGoOnThatHasBegunAndMakesTheNextOnesPayForIt() {
        // Given
        var wish = wish("long", Lane.OPEN_P1);
        limited.take(wish);
        var permit = limited.begin(wish.key());
        takeAll(limited, Lane.OPEN_P1, 79);

        // When
        for (int request = 0; request < 4; request++) {
            limited.call(permit, wish.kind(), "POST", "/incidents").answered();
        }

        // Then
        assertThat(left()).isEqualTo(-3);
    }

    @Test
    void believesTheVendorWhoSaysThatLessIsLeft() {
        // When
        told(limited, Map.of("limit", "100", "remaining", "3", "reset", "20"));

        // Then
        assertThat(takeAll(limited, Lane.OPEN_P1, 1000)).isEqualTo(3);
        afterSeconds(19);
        assertThat(look()).isEmpty();
        afterSeconds(1);
        assertThat(look()).hasSize(1);
    }

    @Test
    void takesTheLowestWordOfAWindow() {
        told(limited, Map.of("limit", "100", "remaining", "3", "reset", "20"));
        told(limited, Map.of("limit", "100", "remaining", "9", "reset", "20"));
        assertThat(left()).isEqualTo(3);
        afterSeconds(21);
        told(limited, Map.of("limit", "100", "remaining", "60", "reset", "60"));
        assertThat(left()).isEqualTo(60);
    }

    @Test
    void takesOnlyItsShareOfWhatIsLeft() {
        // When
        members.set(2);

        // Then
        assertThat(left()).isEqualTo(40);
        told(limited, Map.of("limit", "100", "remaining", "20", "reset", "20"));
        assertThat(left()).isEqualTo(10);
    }

    @Test
    void countsItselfWhereTheVendorTellsOnlyLimitAndEnd() {
        // Given
        var rule = new RateRule(
                "hourly",
                1000,
                0,
                Duration.ofHours(1),
                false,
                new RateRule.Headers("limit", "", "", "reset", true, ""));
        var hourly = new Governor(rule, System::nanoTime, () -> 1);
        var date = "Sat, 31 Jan 2026 12:00:00 GMT";
        var end = Instant.parse("2026-01-31T12:10:00Z").getEpochSecond();

        // When
        hourly.told(
                "",
                new AnswerHeaders(rule.headers(), headers(Map.of("limit", "100", "reset", "" + end, "Date", date))));

        // Then
        var account = hourly.ofKind("any").keySet().iterator().next();
        assertThat(account.calls()).isEqualTo(100);
        assertThat(account.untilReset()).isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        assertThat(account.spendable()).isEqualTo(80);
    }

    @Test
    void limitsEachEndpointByItself() {
        // Given
        var open = wish("one", "open/case", Lane.OPEN);
        byEndpoint.take(open);
        call(byEndpoint, open, "/api/v2/cases", Map.of("limit", "10", "remaining", "0", "period", "30", "reset", "7"));

        // When, Then
        assertThat(byEndpoint.take(wish("two", "open/case", Lane.OPEN_P1))).isFalse();
        assertThat(byEndpoint.take(wish("two", "open/incident", Lane.OPEN))).isTrue();
        afterSeconds(7);
        assertThat(look()).containsExactly("two");
    }

    /** A step that makes two calls must find room for both. */
    @Test
    void waitsForEveryEndpointThatSuchStepsCall() {
        // Given
        var link = wish("one", "link/case", Lane.LINKS);
        byEndpoint.take(link);
        call(
                byEndpoint,
                link,
                "/api/v2/cases/1/relationships",
                Map.of("limit", "100", "remaining", "99", "reset", "7"));
        call(byEndpoint, link, "/api/v2/cases/1/comment", Map.of("limit", "100", "remaining", "0", "reset", "7"));

        // When, Then
        assertThat(byEndpoint.take(wish("two", "link/case", Lane.LINKS))).isFalse();
        afterSeconds(7);
        assertThat(look()).containsExactly("two");
    }

    /** What is kept for P1s would be lost with the window. */
    @Test
    void leavesNothingOverWhenTheWindowEnds() {
        // Given
        told(limited, Map.of("limit", "100", "remaining", "15", "reset", "60"));
        assertThat(limited.take(wish("p2", Lane.OPEN))).isFalse();

        // When
        afterSeconds(30);

        // Then
        assertThat(look()).containsExactly("p2");
    }

    @Test
    void endpointsThatTellOneNameShareItsLimit() {
        // Given
        var told = Map.of("limit", "10", "remaining", "1", "reset", "9", "name", "case_management");
        var open = wish("one", "open/case", Lane.OPEN_P1);
        var update = wish("one", "update/case", Lane.STATUS);
        byEndpoint.take(open);
        byEndpoint.take(update);
        call(byEndpoint, open, "/api/v2/cases", told);
        call(byEndpoint, update, "/api/v2/cases/0b9d6f0e-1111/status", told);

        // When, Then
        assertThat(byEndpoint.take(wish("two", "open/case", Lane.OPEN_P1))).isTrue();
        assertThat(byEndpoint.take(wish("three", "update/case", Lane.OPEN_P1))).isFalse();
        assertThat(byEndpoint.status().budgets()).hasSize(1);
    }

    @Test
    void aRefusalOfOneEndpointHoldsOnlyThatOne() {
        // Given
        var open = wish("one", "open/case", Lane.OPEN);
        byEndpoint.take(open);
        byEndpoint
                .call(byEndpoint.begin(open.key()), open.kind(), "POST", "/api/v2/cases")
                .throttled();

        // When
        byEndpoint.hold("open/case", Duration.ofSeconds(4), true, "too many");

        // Then
        assertThat(byEndpoint.isAway()).isFalse();
        assertThat(byEndpoint.take(wish("two", "open/case", Lane.OPEN))).isFalse();
        assertThat(byEndpoint.take(wish("two", "open/incident", Lane.OPEN))).isTrue();
        assertThat(byEndpoint.status().words()).isEqualTo("too many");
        afterSeconds(4);
        assertThat(look()).containsExactly("two");
    }

    /** The vendor describes the nearest of several limits: here one that only this operation has. */
    @Test
    void anotherLimitThanTheAccountsIsThatOfTheEndpoint() {
        // Given
        var open = wish("one", Lane.OPEN_P1);
        limited.take(open);

        // When
        call(limited, open, "/incidents", Map.of("limit", "5", "remaining", "2", "reset", "30"));

        // Then
        assertThat(limited.status().budgets())
                .extracting(PlatformStatus.BudgetStatus::limit)
                .containsExactly(100L, 5L);
        assertThat(takeAll(limited, Lane.OPEN_P1, 1000)).isEqualTo(2);
        assertThat(limited.take(wish("two", "link/incident", Lane.OPEN_P1))).isFalse();
    }

    private static void told(PlatformAvailability platform, Map<String, String> headers) {
        platform.told("", headers(headers));
    }

    private long left() {
        return limited.status().budgets().get(0).left();
    }
}
