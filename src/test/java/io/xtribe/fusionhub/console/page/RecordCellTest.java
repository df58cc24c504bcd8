package io.xtribe.fusionhub.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;
import io.xtribe.fusionhub.platform.availability.PlatformStatus.State;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

class RecordCellTest {

    private static final Reference TICKET =
            new Reference("46d4", "INC0010007", "https://acme.service-now.com/x", true, false);

    private static Incident with(Incident incident, UnaryOperator<Part> change) {
        return incident.withPart("servicenow", "incident", change);
    }

    private static Incident opened(Incident incident, Status shows) {
        return with(incident, part -> part.opened(TICKET, new Known(shows, Priority.P1, Instant.EPOCH, 1)));
    }

    private static RecordCell cell(Incident incident, State state, String words) {
        return RecordCell.of(
                incident,
                "incident",
                new PlatformStatus("servicenow", state, null, null, words, null, List.of(), Map.of(), Map.of()),
                false);
    }

    private static RecordCell cell(Incident incident) {
        return cell(incident, State.OK, "");
    }

    @Test
    void whatShowsWhatItShouldIsInStep() {
        var cell = cell(opened(Samples.newIncident(), Status.OPEN).linkedAt(Samples.STARTED));
        assertThat(cell.mark()).isEqualTo(Mark.IN_STEP);
        assertThat(cell.name()).isEqualTo("INC0010007");
        assertThat(cell.url()).isEqualTo("https://acme.service-now.com/x");
        assertThat(cell.shows()).isEqualTo("open");
        assertThat(cell.differs()).isFalse();
        assertThat(cell.why()).isEmpty();
    }

    @Test
    void whatIsAboutToBeOpenedWaits() {
        var cell = cell(Samples.newIncident());
        assertThat(cell.mark()).isEqualTo(Mark.WAITING);
        assertThat(cell.isThere()).isFalse();
        assertThat(cell.why()).isEqualTo("about to be opened");
    }

    @Test
    void whatShowsAnotherStatusWaitsUntilItIsSettled() {
        var incident = opened(Samples.newIncident(), Status.OPEN)
                .linkedAt(Samples.STARTED)
                .desiring(Status.ACKNOWLEDGED, Priority.P1);
        assertThat(cell(incident).why()).isEqualTo("being brought up to date");
        assertThat(cell(incident).differs()).isTrue();
        assertThat(cell(incident.settled(Set.of())).mark()).isEqualTo(Mark.IN_STEP);
    }

    @Test
    void itsPlatformIsWhyItWaits() {
        var cell = cell(Samples.newIncident(), State.PAUSED, "servicenow Required to provide Auth information");
        assertThat(cell.mark()).isEqualTo(Mark.HELD);
        assertThat(cell.why()).isEqualTo("paused: Required to provide Auth information");
        assertThat(cell(Samples.newIncident(), State.LIMITED, "of yesterday").why())
                .isEqualTo("rate limit used up");
        assertThat(cell(Samples.newIncident(), State.BROKEN, "").why()).isEqualTo("does not answer");
        for (var state : State.values()) {
            assertThat(cell(Samples.newIncident(), state, "").why()).isNotEmpty();
        }
    }

    @Test
    void aRefusalIsToldInItsPlatformsWordsUntilSomethingElseIsDesired() {
        var incident = Samples.newIncident();
        var refused = with(
                incident,
                part -> part.rejected(
                        new Rejection("open", 400, "no such group", incident.generation(), Samples.STARTED)));
        assertThat(cell(refused, State.PAUSED, "").mark()).isEqualTo(Mark.REJECTED);
        assertThat(cell(refused).why()).isEqualTo("open refused: no such group");
        assertThat(cell(refused.desiring(Status.ACKNOWLEDGED, Priority.P1)).mark())
                .isEqualTo(Mark.WAITING);
        assertThat(RecordCell.words(new Rejection("link", 400, "", 1, Samples.STARTED), "servicenow"))
                .isEqualTo("link refused: status 400");
    }

    @Test
    void nothingIsToComeWhereItWasDetachedOrIsOver() {
        var detached = opened(Samples.newIncident(), Status.OPEN)
                .detached("servicenow", "incident")
                .incident();
        assertThat(cell(detached).mark()).isEqualTo(Mark.NONE);
        assertThat(cell(detached).why()).startsWith("detached");
        var over = Samples.newIncident().desiring(Status.RESOLVED, Priority.P1);
        assertThat(cell(over, State.BROKEN, "").why()).isEqualTo("over before it was opened");
    }

    @Test
    void whoObservesOpensNothing() {
        var cell = RecordCell.of(
                Samples.newIncident(),
                "incident",
                new PlatformStatus("servicenow", State.OK, null, null, "", null, List.of(), Map.of(), Map.of()),
                true);
        assertThat(cell.mark()).isEqualTo(Mark.NONE);
        assertThat(cell.why()).isEqualTo("observe mode: nothing is opened");
    }

    @Test
    void onlyAddressesOfTheWebBecomeLinks() {
        for (var address : List.of(
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "//evil.example/x",
                "http:",
                "a b",
                "")) {
            assertThat(Links.web(address)).as(address).isEmpty();
        }
        assertThat(Links.web(null)).isEmpty();
        assertThat(Links.web(" HTTPS://acme.example/x?a=b#c ")).isEqualTo("HTTPS://acme.example/x?a=b#c");
    }
}
