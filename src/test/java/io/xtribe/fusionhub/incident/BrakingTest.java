package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the storm brake makes of an incident, and what an operator makes of that. */
class BrakingTest {

    private static final Instant SINCE = Samples.STARTED.plusSeconds(2);
    private static final Instant LATER = SINCE.plusSeconds(600);

    private final Incident held = Samples.newIncident()
            .heldBack(Held.since(SINCE, "more than 300 incidents of datadog began within a minute"));

    /** A hub of an earlier version does not know the mark: to it there is nothing left to do. */
    @Test
    void isStoredAsSettled() {
        assertThat(held.isSettled()).isTrue();
        assertThat(held.waitsForRelease()).isTrue();
        assertThat(held.status()).isEqualTo(Status.OPEN);
    }

    @Test
    void isReadAgainAsItWasStored() {
        assertThat(IncidentJson.read(IncidentJson.write(held), Incident.class)).isEqualTo(held);
    }

    @Test
    void keepsWhatANewerHubSaysOfTheMark() {
        var stored = (ObjectNode) IncidentJson.mapper().valueToTree(held);
        ((ObjectNode) stored.path("held")).put("addedLater", 1);

        var released =
                IncidentJson.read(IncidentJson.write(stored), Incident.class).released(LATER);

        assertThat(released.incident().held().others()).containsOnlyKeys("addedLater");
    }

    @Test
    void isWorkOnceItIsReleased() {
        var released = held.released(LATER).incident();

        assertThat(released.waitsForRelease()).isFalse();
        assertThat(released.isHeldBack()).isFalse();
        assertThat(released.isSettled()).isFalse();
        assertThat(released.status()).isEqualTo(Status.OPEN);
        assertThat(released.generation()).isEqualTo(held.generation());
        assertThat(Duration.between(released.dueSince(), LATER)).isZero();
    }

    @Test
    void isReleasedOnce() {
        var released = held.released(LATER).incident();

        assertThatThrownBy(() -> released.released(LATER))
                .isInstanceOf(NotPossibleException.class)
                .hasMessage("it was released already");
        assertThatThrownBy(released::discarded).isInstanceOf(NotPossibleException.class);
        assertThatThrownBy(() -> Samples.newIncident().released(LATER))
                .isInstanceOf(NotPossibleException.class)
                .hasMessage("the storm brake does not hold it");
    }

    @Test
    void isOverForTheHubOnceItIsDiscarded() {
        var discarded = held.discarded().incident();

        assertThat(discarded.status()).isEqualTo(Status.RESOLVED);
        assertThat(discarded.isSettled()).isTrue();
        assertThat(discarded.waitsForRelease()).isFalse();
        // What its own platform has of it is not closed.
        assertThat(discarded.isHeldBack()).isTrue();
        assertThatThrownBy(discarded::discarded)
                .isInstanceOf(NotPossibleException.class)
                .hasMessage("it is over or discarded");
    }

    @Test
    void doesNotWaitForAnybodyOnceItIsOver() {
        var over = held.desiring(Status.RESOLVED, held.priority());

        assertThat(over.waitsForRelease()).isFalse();
        assertThatThrownBy(() -> over.released(LATER)).isInstanceOf(NotPossibleException.class);
    }

    @Test
    void thePageSaysHowManyAndWhyAndWhere() {
        var told = new StormPage.Told("datadog", 212, 300, "https://fusion.example");
        var page = StormPage.open(Samples.ID, told, SINCE);

        assertThat(page.title()).isEqualTo("Storm brake: 212 new incidents of datadog are held");
        assertThat(page.description())
                .contains("since more than 300 began within a minute")
                .contains("https://fusion.example/?trouble=held");
        assertThat(page.priority()).isEqualTo(Priority.P1);
        assertThat(page.isSettled()).isFalse();
        assertThat(StormPage.sourceOf(page)).isEqualTo("datadog");
        assertThat(StormPage.sourceOf(held)).isEmpty();
    }

    @Test
    void thePageCountsAndEnds() {
        var page = StormPage.open(Samples.ID, new StormPage.Told("datadog", 1, 300, ""), SINCE);
        var two = new StormPage.Told("datadog", 2, 300, "");

        var counted = StormPage.counted(page, two).incident();

        assertThat(page.title()).isEqualTo("Storm brake: 1 new incident of datadog is held");
        assertThat(counted.title()).isEqualTo("Storm brake: 2 new incidents of datadog are held");
        assertThat(StormPage.counted(counted, two).decided()).isEmpty();
        assertThat(StormPage.counted(page.withTitle("We are at it"), two).decided())
                .isEmpty();
        var over = StormPage.over(counted).incident();
        assertThat(over.status()).isEqualTo(Status.RESOLVED);
        assertThat(StormPage.over(over).decided()).isEmpty();
        assertThat(StormPage.counted(over, new StormPage.Told("datadog", 3, 300, ""))
                        .decided())
                .isEmpty();
    }
}
