package io.xtribe.fusionhub.routes;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformStep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/** With {@code fusion.mode=observe} polls read, and leave everything as it is. */
class ObservedPollRouteTest extends PollRouteFixture {

    @Override
    Map<String, String> settings() {
        return Map.of("fusion.mode", "observe");
    }

    @Test
    void whatIsReadIsFound() {
        sandbox.datadogAlert("P1", "an alert");
        sandbox.serviceNowIncident(1, 1, "a ticket");
        sandbox.pagerDutyIncident("P1", "a page");

        assertThat(round("datadog", "events", request(ORGANISATION))).hasSize(1);
        assertThat(round("servicenow", "incidents", request("sandbox"))).hasSize(1);
        assertThat(round("pagerduty", "incidents", request(""))).isNotEmpty();
    }

    @Test
    void ourSubscriptionStaysDisabled() {
        var subscriptions = new Subscriptions(sandbox);
        var id = subscriptions.subscribe("xTribe Fusion Hub");
        for (int strikes = 0; strikes < 3; strikes++) {
            sandbox.pagerDutyIncident("P5", "refused " + strikes);
        }
        await().atMost(SOON).until(() -> subscriptions.disabled().contains(id));
        var request = request("");

        var exchange = template.request("direct:pagerduty-poll-subscriptions", asked -> {
            asked.getIn().setBody(request);
            asked.setProperty(PlatformStep.VIEW, request);
        });

        assertThat(exchange.getException())
                .asInstanceOf(type(PlatformException.class))
                .extracting(PlatformException::kind)
                .isEqualTo(Kind.OBSERVED);
        assertThat(subscriptions.disabled()).contains(id);
    }
}
