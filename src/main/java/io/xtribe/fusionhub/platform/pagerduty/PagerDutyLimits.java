package io.xtribe.fusionhub.platform.pagerduty;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.platform.availability.RateRule;

/**
 * 960 calls a minute for an API key; a lower limit of an operation shows in the headers of its answers. See <a
 * href="https://developer.pagerduty.com/docs/rest-api-rate-limits">rate limits</a>.
 */
class PagerDutyLimits {

    @Produces
    @Singleton
    RateRule pagerdutyLimits() {
        return new RateRule(
                "pagerduty",
                960,
                Duration.ofMinutes(1),
                false,
                new RateRule.Headers("ratelimit-limit", "", "ratelimit-remaining", "ratelimit-reset", false, ""));
    }
}
