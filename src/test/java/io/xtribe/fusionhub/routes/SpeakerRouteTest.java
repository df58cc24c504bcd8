package io.xtribe.fusionhub.routes;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speaker.Verdict;
import io.xtribe.fusionhub.platform.Speakers;

import static org.assertj.core.api.Assertions.assertThat;

/** The platforms are asked whose accounts they are. */
class SpeakerRouteTest extends RouteTest {

    private Speaker asked(String platform) {
        template.sendBody("direct:platform-speaker-one", platform + "-speaker");
        return beans.get(Speakers.class).of(platform).orElseThrow();
    }

    @Test
    void asksAllOfThemAtStart() {
        assertThat(beans.get(Speakers.class).due())
                .containsExactlyInAnyOrder("datadog-speaker", "servicenow-speaker", "pagerduty-speaker");
        assertThat(beans.get(Speakers.class).due()).isEmpty();
    }

    @Test
    void learnsTheNameOfTheInstance() {
        var speaker = asked("servicenow");

        assertThat(speaker.judge("sandbox")).isEqualTo(Verdict.OURS);
        assertThat(speaker.judge("acmetest")).isEqualTo(Verdict.FOREIGN);
        assertThat(writes()).isZero();
    }

    @Test
    void learnsTheOrganisationFromMonitors() {
        sandbox.settings(Map.of("features", Map.of("datadog.monitorsTellOrg", true)));
        sandbox.datadogAlert("P3", "any");

        var speaker = asked("datadog");

        assertThat(speaker.judge("1200000001")).isEqualTo(Verdict.OURS);
        assertThat(speaker.judge("7")).isEqualTo(Verdict.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "pagerduty"})
    void checksNobodyWhereTheApiDoesNotTell(String platform) {
        assertThat(asked(platform).judge("anybody")).isEqualTo(Verdict.OURS);
    }

    @Test
    void checksNobodyWhereTheInstanceDoesNotLetItsPropertiesBeRead() {
        sandbox.settings(Map.of("features", Map.of("servicenow.readsProperties", false)));

        assertThat(asked("servicenow").judge("acmetest")).isEqualTo(Verdict.OURS);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void aRefusalTellsNothingEither(int status) {
        sandbox.fault("servicenow", "query-properties").status(status).inject();

        var speaker = asked("servicenow");

        assertThat(speaker.judge("acmetest")).isEqualTo(Verdict.OURS);
        assertThat(speaker.words()).contains("(" + status + ")").endsWith("set fusion.servicenow.instance");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void withoutAnAnswerNothingIsKnownYet(int status) {
        sandbox.fault("servicenow", "query-properties").status(status).inject();

        assertThat(asked("servicenow").judge("acmetest")).isEqualTo(Verdict.NOT_YET);
        assertThat(asked("servicenow").judge("acmetest")).isEqualTo(Verdict.FOREIGN);
    }
}
