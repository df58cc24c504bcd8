package io.xtribe.fusionhub.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusTextTest {
    private static final String SCRAPE = """
            # HELP fusion_calls_total Calls to vendors
            # TYPE fusion_calls_total counter
            fusion_calls_total{outcome="ok",platform="datadog",} 2.0
            fusion_calls_total{outcome="ok",platform="pagerduty"} 3.0
            fusion_calls_total{outcome="said \\"no, a=b\\"",platform="pagerduty"} 1.0 1700000000000
            fusion_calls_total_seconds 9.0
            fusion_work 0.0
            fusion_limit +Inf
            """;

    @Test
    void sumsTheSamplesThatCarryAllLabels() {
        assertThat(PrometheusText.value(SCRAPE, "fusion_calls_total")).hasValue(6);
        assertThat(PrometheusText.value(SCRAPE, "fusion_calls_total", "platform=pagerduty"))
                .hasValue(4);
        assertThat(PrometheusText.value(SCRAPE, "fusion_calls_total", "platform=pagerduty", "outcome=ok"))
                .hasValue(3);
        assertThat(PrometheusText.value(SCRAPE, "fusion_calls_total", "outcome=said \"no, a=b\""))
                .hasValue(1);
    }

    @Test
    void tellsZeroFromAbsent() {
        assertThat(PrometheusText.value(SCRAPE, "fusion_work")).hasValue(0);
        assertThat(PrometheusText.value(SCRAPE, "fusion_limit")).hasValue(Double.POSITIVE_INFINITY);
        assertThat(PrometheusText.value(SCRAPE, "fusion_wor")).isEmpty();
        assertThat(PrometheusText.value(SCRAPE, "fusion_calls_total", "platform=servicenow"))
                .isEmpty();
    }
}
