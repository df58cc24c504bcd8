package io.xtribe.fusionhub.converge;

import java.util.Set;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class AnnouncementsTest {

    @Test
    void saysNothingOfANewbornThatStandsNowhere() {
        assertThat(Announcements.due(Samples.newborn())).isEmpty();
    }

    @Test
    void saysThatItIsOpenedPagedAndLinkedAsSoonAsItIs() {
        // Given
        var opened = Samples.opened();

        // Then
        assertThat(Announcements.due(opened)).containsExactly("opened");
        assertThat(Announcements.due(opened.pagedAt(Samples.BORN))).containsExactly("opened", "paged");
        assertThat(Announcements.due(opened.pagedAt(Samples.BORN).linkedAt(Samples.BORN)))
                .containsExactly("linked", "opened", "paged");
    }

    @Test
    void saysEachChangeOfTheDesiredStateByItsGeneration() {
        // Given
        var acknowledged = Samples.opened().desiring(Status.ACKNOWLEDGED, Priority.P1);
        var resolved = acknowledged.announcing(Announcements.due(acknowledged)).desiring(Status.RESOLVED, Priority.P1);

        // Then
        assertThat(Announcements.due(acknowledged)).containsExactly("changed.2", "opened");
        assertThat(Announcements.due(resolved)).containsExactly("resolved.3");
    }

    @Test
    void saysARefusalOncePerGeneration() {
        // Given
        var refused = Samples.opened()
                .withPart(
                        "servicenow", "incident", part -> part.rejected(new Rejection("link", "no", 1, Samples.BORN)));

        // Then
        assertThat(Announcements.due(refused)).containsExactly("opened", "rejected.1");
        assertThat(Announcements.due(refused.announcing(Set.of("opened", "rejected.1"))))
                .isEmpty();
    }

    @Test
    void saysNoMoreOfARefusalOfAnEarlierGeneration() {
        // Given
        var refused = Samples.opened()
                .withPart(
                        "servicenow",
                        "incident",
                        part -> part.rejected(new Rejection("update", "no", 1, Samples.BORN)));

        // When
        var resolved = refused.announcing(Announcements.due(refused)).desiring(Status.RESOLVED, Priority.P1);

        // Then
        assertThat(Announcements.due(resolved)).containsExactly("resolved.2");
    }

    @Test
    void repeatsNothingThatIsOut() {
        // Given
        var incident = Samples.opened().pagedAt(Samples.BORN).linkedAt(Samples.BORN);

        // When
        var settled = incident.settled(Announcements.due(incident));

        // Then
        assertThat(Announcements.due(settled)).isEmpty();
        assertThat(settled.isSettled()).isTrue();
    }

    @Test
    void saysNothingOfABirthThatIsNotConfirmed() {
        // Given
        var opened = Samples.opened();
        var unconfirmed = new Incident(
                opened.id(),
                1,
                0,
                opened.origin(),
                "t",
                "",
                Priority.P1,
                Status.OPEN,
                null,
                Samples.BORN,
                Samples.BORN,
                true,
                opened.platforms(),
                null,
                null,
                Set.of());

        // Then
        assertThat(Announcements.due(unconfirmed)).isEmpty();
        assertThat(Announcements.due(unconfirmed.confirmed())).containsExactly("opened");
    }
}
