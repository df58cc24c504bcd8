package io.xtribe.fusionhub.routes;

import java.util.List;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.PlatformPause;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeRouteTest extends PlatformRouteTest {

    @Override
    List<String> routeFiles() {
        return List.of(
                "converge.camel.yaml",
                "platforms.camel.yaml",
                "links.camel.yaml",
                "platforms/datadog/datadog.camel.yaml",
                "platforms/pagerduty/pagerduty.camel.yaml",
                "platforms/servicenow/servicenow.camel.yaml");
    }

    private void probe() throws Exception {
        AdviceWith.adviceWith(context, "platform-probe", route -> route.replaceFromWith("direct:probe-now"));
        context.getRouteController().startRoute("platform-probe");
        template.sendBody("direct:probe-now", null);
    }

    @Test
    void resumesEveryPlatformThatTakesOurCredentialsAgain() throws Exception {
        // Given
        var pause = beans.get(PlatformPause.class);
        pause.pause("datadog", "403");
        pause.pause("servicenow", "401");
        pause.pause("pagerduty", "401");
        sandbox.fault("servicenow", "*").status(401).inject();

        // When
        probe();

        // Then
        assertThat(pause.names()).containsExactly("servicenow");
        assertThat(sandbox.counts().path("total").asInt()).isEqualTo(3);
        assertThat(writes()).isZero();
    }

    @Test
    void keepsAPlatformPausedThatCannotBeReached() throws Exception {
        var pause = beans.get(PlatformPause.class);
        pause.pause("pagerduty", "401");
        sandbox.fault("pagerduty", "*").reset().inject();

        probe();

        assertThat(pause.isPaused("pagerduty")).isTrue();
    }

    @Test
    void asksNobodyWhileNoPlatformIsPaused() throws Exception {
        probe();

        assertThat(sandbox.counts().path("total").asInt()).isZero();
    }
}
