package io.xtribe.fusionhub.platform.datadog;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.platform.availability.RateRule;

/**
 * Each endpoint has a limit of its own, which only the headers of its answers tell; endpoints that tell one name share it. See
 * <a href="https://docs.datadoghq.com/api/latest/rate-limits/">rate limits</a>.
 */
class DatadogLimits {

    @Produces
    @Singleton
    RateRule datadogLimits() {
        return new RateRule(
                "datadog",
                0,
                Duration.ofMinutes(1),
                true,
                new RateRule.Headers(
                        "X-RateLimit-Limit",
                        "X-RateLimit-Period",
                        "X-RateLimit-Remaining",
                        "X-RateLimit-Reset",
                        false,
                        "X-RateLimit-Name"));
    }
}
