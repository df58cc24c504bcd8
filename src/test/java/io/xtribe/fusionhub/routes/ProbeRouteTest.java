package io.xtribe.fusionhub.routes;

import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.availability.Availability;

import static org.assertj.core.api.Assertions.assertThat;

class ProbeRouteTest extends PlatformRouteTest {

    private void probe() throws Exception {
        AdviceWith.adviceWith(context, "platform-probe", route -> route.replaceFromWith("direct:probe-now"));
        context.getRouteController().startRoute("platform-probe");
        template.sendBody("direct:probe-now", null);
    }

    @Test
    void resumesEveryPlatformThatTakesOurCredentialsAgain() throws Exception {
        // Given
        var availability = beans.get(Availability.class);
        availability.of("datadog").pause("403");
        availability.of("servicenow").pause("401");
        availability.of("pagerduty").pause("401");
        sandbox.fault("servicenow", "*").status(401).inject();

        // When
        probe();

        // Then
        assertThat(availability.names()).containsExactly("servicenow");
        assertThat(sandbox.counts().path("total").asInt()).isEqualTo(4);
        assertThat(writes()).isZero();
    }

    @Test
    void keepsAPlatformPausedThatCannotBeReached() throws Exception {
        var availability = beans.get(Availability.class);
        availability.of("pagerduty").pause("401");
        sandbox.fault("pagerduty", "*").reset().inject();

        probe();

        assertThat(availability.of("pagerduty").isPaused()).isTrue();
    }

    @Test
    void asksNobodyWhileNoPlatformIsPaused() throws Exception {
        probe();

        assertThat(sandbox.counts().path("total").asInt()).isZero();
    }
}
