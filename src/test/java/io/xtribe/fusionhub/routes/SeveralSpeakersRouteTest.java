package io.xtribe.fusionhub.routes;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.Speaker;
import io.xtribe.fusionhub.platform.Speaker.Verdict;
import io.xtribe.fusionhub.platform.Speakers;

import static org.assertj.core.api.Assertions.assertThat;

/** Where settings list several accounts, the platforms are asked which of them the hub calls: polls read that one. */
class SeveralSpeakersRouteTest extends RouteTest {

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.servicenow.instance", "second,sandbox", "fusion.datadog.org-id", "7,1200000001");
    }

    private Speaker asked(String platform) {
        template.sendBody("direct:platform-speaker-one", platform + "-speaker");
        return beans.get(Speakers.class).of(platform).orElseThrow();
    }

    @Test
    void theInstanceThatIsCalledIsTheOneThatTheApiTells() {
        var speaker = asked("servicenow");

        assertThat(speaker.called()).contains("sandbox");
        assertThat(speaker.judge("second")).isEqualTo(Verdict.OURS);
        assertThat(speaker.judge("acmetest")).isEqualTo(Verdict.FOREIGN);
    }

    @Test
    void theOrganisationThatIsCalledIsTheOneThatMonitorsTell() {
        sandbox.settings(Map.of("features", Map.of("datadog.monitorsTellOrg", true)));
        sandbox.datadogAlert("P3", "any");

        assertThat(asked("datadog").called()).contains("1200000001");
    }

    @Test
    void noneIsCalledWhereTheApiDoesNotTell() {
        sandbox.settings(Map.of("features", Map.of("servicenow.readsProperties", false)));

        var speaker = asked("servicenow");

        assertThat(speaker.called()).isEmpty();
        assertThat(speaker.judge("acmetest")).isEqualTo(Verdict.FOREIGN);
    }
}
