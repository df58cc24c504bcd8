package io.xtribe.fusionhub.platform.servicenow;

import java.time.Duration;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.platform.availability.RateRule;

/**
 * No limit, unless an administrator has made a rule; then so many calls an hour, of which answers tell the number and the end
 * of the hour, but not what is left. See ServiceNow's documentation, "Inbound REST API rate limiting".
 */
class ServiceNowLimits {

    @Produces
    @Singleton
    RateRule servicenowLimits() {
        return new RateRule(
                "servicenow",
                0,
                Duration.ofHours(1),
                false,
                new RateRule.Headers("X-RateLimit-Limit", "", "", "X-RateLimit-Reset", true, ""));
    }
}
