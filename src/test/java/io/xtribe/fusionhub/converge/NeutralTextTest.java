package io.xtribe.fusionhub.converge;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Origin;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.testing.Samples;

import static org.assertj.core.api.Assertions.assertThat;

/** What a record is called whose own title its platform refuses. */
class NeutralTextTest {

    private static final Incident NEW = Samples.newIncident();

    private static Incident with(Incident incident, String platform, String number, String url) {
        return incident.withPart(
                platform,
                "incident",
                part -> part.opened(new Reference("r-" + platform, number, url, true, true), null));
    }

    private static String text(Incident incident, String member) {
        return NeutralText.of(incident).path(member).asText();
    }

    @Test
    void namesTheOriginWhereNoRecordIsKnown() {
        assertThat(text(NEW, "title"))
                .isEqualTo("Incident " + NEW.id() + " of datadog.monitor "
                        + NEW.origin().subject());
    }

    @Test
    void leadsToTheRecordOfTheOrigin() {
        var both = with(with(NEW, "pagerduty", "#9", "https://p.example/9"), "datadog", "#7", "https://d.example/7");

        assertThat(text(both, "title")).isEqualTo("Incident " + NEW.id() + ", see https://d.example/7");
        assertThat(text(both, "description")).endsWith("\n#7 https://d.example/7\n#9 https://p.example/9");
    }

    @Test
    void leadsToAnotherRecordWhereTheOriginHasNone() {
        var one = with(NEW, "servicenow", "INC1", "https://s.example/1");

        assertThat(text(one, "title")).endsWith(", see https://s.example/1");
    }

    @Test
    void cutsNoAddress() {
        var one = with(NEW, "servicenow", "INC1", "https://s.example/" + "1".repeat(90));

        assertThat(text(one, "title")).doesNotContain("https:");
        assertThat(text(one, "description")).contains("https://s.example/" + "1".repeat(90));
    }

    @Test
    void holdsNothingThatWasWritten() {
        var origin = NEW.origin();
        var odd = NEW.withOrigin(
                new Origin(origin.platform(), origin.source(), origin.scope(), origin.key(), "1' UNION SELECT"));

        assertThat(NeutralText.of(odd).toString())
                .doesNotContain("UNION", "Checkout latency", "Customers wait")
                .contains("datadog.monitor");
    }
}
