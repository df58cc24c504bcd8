package io.xtribe.fusionhub.platform.datadog;

import java.util.Map;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.component.http.HttpClientConfigurer;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.platform.HttpClients;
import io.xtribe.fusionhub.platform.TargetChooser;

/** What Datadog needs beside its routes. See <a href="https://docs.datadoghq.com/api/latest/authentication/">keys</a>. */
class DatadogBeans {

    @Produces
    @Singleton
    @Named("datadogHttp")
    HttpClientConfigurer http(FusionConfig config) {
        return HttpClients.configurer(
                Map.of(
                        "DD-API-KEY", config.datadog().apiKey().orElse(""),
                        "DD-APPLICATION-KEY", config.datadog().appKey().orElse(""),
                        "Accept", "application/json"),
                config.datadog().timeout());
    }

    @Produces
    @Singleton
    TargetChooser target(FusionConfig config) {
        var datadog = config.datadog();
        var target = Map.of(
                "project", datadog.projectId().orElse(""),
                "caseType", datadog.caseTypeId(),
                "caseAttribute", datadog.caseAttribute().orElse(""),
                "incidentField", datadog.incidentField().orElse(""));
        return new TargetChooser() {
            @Override
            public String platform() {
                return "datadog";
            }

            @Override
            public Map<String, String> choose(Incident incident) {
                return target;
            }
        };
    }
}
