package io.xtribe.fusionhub.incident;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.PlatformKey;
import io.xtribe.fusionhub.signal.Signal;
import io.xtribe.fusionhub.signal.SignalKind;
import io.xtribe.fusionhub.testing.Signals;

import static org.assertj.core.api.Assertions.assertThat;

/** Incidents of records that were there before them. */
class AdoptionTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");
    private static final String ID = "fx-" + "1".repeat(32);

    private static Signal shown(String platform, String title, PlatformKey key, Signal.FirstSign sign) {
        return Signals.of(
                platform + ":1",
                platform,
                SignalKind.UPDATED,
                "",
                sign,
                new Signal.PlatformRecord(
                        "incident", platform + "-1", "#1", "https://" + platform + ".example/1", false),
                "acme",
                platform + "-1",
                key,
                title,
                "",
                "P1",
                "open",
                NOW.minusSeconds(60),
                -1,
                RoutingHints.NONE);
    }

    private static Signal.FirstSign sign(String source) {
        return new Signal.FirstSign(source, "", "", "");
    }

    @Test
    void whatEachShowsIsKnownAndItsLinksAreLookedForBeforeOneIsWritten() {
        var incident = Adoption.of(
                List.of(
                        shown("pagerduty", "Shop is down", null, sign("pagerduty.manual")),
                        shown("servicenow", "shop", null, sign("servicenow"))),
                NOW);

        for (var platform : List.of("pagerduty", "servicenow")) {
            var part = incident.part(platform, "incident");
            assertThat(part.reference().id()).isEqualTo(platform + "-1");
            assertThat(part.reference().ours()).isFalse();
            assertThat(part.known().priority().value()).isEqualTo(Priority.P1);
            assertThat(part.linking().uncertain()).isTrue();
        }
        assertThat(incident.title()).isEqualTo("Shop is down");
        assertThat(incident.origin().platform()).isEqualTo("pagerduty");
    }

    @Test
    void whatCarriesItsKeyIsOursAgain() {
        var key = new PlatformKey(ID, 1);
        var incident = Adoption.again(
                ID,
                List.of(shown("pagerduty", "Shop is down", null, null), shown("servicenow", "shop", key, null)),
                NOW);

        assertThat(incident.id()).isEqualTo(ID);
        assertThat(incident.part("servicenow", "incident").reference().ours()).isTrue();
        assertThat(incident.part("pagerduty", "incident").reference().ours()).isFalse();
    }

    /** Whichever comes first: a Datadog incident cannot show it, and its case is not to be brought back to open. */
    @ParameterizedTest
    @CsvSource({"active, acknowledged", "acknowledged, active", "open, acknowledged"})
    void whatOneOfThemShowsAsAcknowledgedIsAcknowledged(String first, String second) {
        var incident = Adoption.again(
                ID,
                List.of(
                        shown("datadog", "shop", null, null).withStatus(first),
                        shown("pagerduty", "shop", null, null).withStatus(second)),
                NOW);

        assertThat(incident.status()).isEqualTo(Status.ACKNOWLEDGED);
    }

    @Test
    void aTitleThatSaysNothingIsNone() {
        assertThat(Adoption.again(ID, List.of(shown("servicenow", "[P1]", null, null)), NOW)
                        .title())
                .isEqualTo("Incident of servicenow");
    }

    @Test
    void onlyWhereThereIsNoRecordIsOneWithheldOrLookedFor() {
        var incident = Adoption.of(List.of(shown("servicenow", "shop", null, sign("servicenow"))), NOW);

        var withheld =
                Adoption.withheld(Adoption.withheld(incident, "pagerduty", "incident"), "servicenow", "incident");
        var lookedFor = Adoption.lookedFor(
                Adoption.lookedFor(incident, "pagerduty", "incident", Map.of("service", "P1")),
                "servicenow",
                "incident",
                Map.of());

        assertThat(withheld.part("pagerduty", "incident").detached()).isTrue();
        assertThat(withheld.part("servicenow", "incident")).isEqualTo(incident.part("servicenow", "incident"));
        assertThat(lookedFor.part("pagerduty", "incident").attempt().target()).containsEntry("service", "P1");
        assertThat(lookedFor.part("servicenow", "incident").attempt()).isNull();
    }
}
