package io.xtribe.fusionhub.platform.pagerduty;

import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.http.HttpClientConfigurer;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.platform.HttpClients;

/**
 * What PagerDuty needs beside its routes. See <a
 * href="https://developer.pagerduty.com/docs/rest-api-v2-authentication">authentication</a>.
 */
class PagerDutyBeans {

    @Produces
    @Singleton
    @Named("pagerdutyHttp")
    HttpClientConfigurer http(FusionConfig config) {
        return HttpClients.configurer(
                Map.of(
                        "Authorization",
                        "Token token=" + config.pagerduty().token().orElse(""),
                        "From",
                        config.pagerduty().from().orElse(""),
                        "Accept",
                        "application/vnd.pagerduty+json;version=2"),
                config.pagerduty().timeout());
    }
}
