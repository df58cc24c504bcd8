package io.xtribe.fusionhub.platform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.ConfigProblems;
import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/** Checks the names of platforms and webhook sources, and what each platform that takes part needs. */
@Singleton
public class PlatformSettingsCheck implements ConfigurationCheck {

    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Override
    public List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        var known = Platforms.settings(config);
        names(problems, config, known.keySet());
        known.forEach((name, settings) -> {
            if (config.platforms().contains(name)) {
                common(problems, config, name, settings);
            }
        });
        if (config.platforms().contains("datadog")) {
            datadog(problems, config.datadog());
        }
        if (config.platforms().contains("servicenow")) {
            servicenow(problems, config.servicenow());
        }
        if (config.platforms().contains("pagerduty")) {
            pagerduty(problems, config.pagerduty());
        }
        return problems;
    }

    private static void names(Collection<String> problems, FusionConfig config, Set<String> known) {
        for (var name : config.platforms()) {
            if (!known.contains(name)) {
                problems.add("fusion.platforms holds '" + name + "': use " + sorted(known));
            }
        }
        for (var name : config.webhooks().keySet()) {
            if (!known.contains(name)) {
                problems.add("fusion.webhooks." + name + ".secret is for an unknown source: use " + sorted(known));
            }
        }
    }

    private static void common(
            Collection<String> problems, FusionConfig config, String name, FusionConfig.Platform settings) {
        url(problems, "fusion." + name + ".url", settings.url().toString());
        var lease = config.converge().lease();
        if (settings.timeout().compareTo(lease) >= 0) {
            problems.add("fusion." + name + ".timeout is " + settings.timeout()
                    + ", not shorter than fusion.converge.lease (" + lease
                    + "): shorten the one or lengthen the other");
        }
    }

    private static void datadog(Collection<String> problems, FusionConfig.Datadog datadog) {
        required(
                problems,
                Map.of(
                        "fusion.datadog.api-key", datadog.apiKey(),
                        "fusion.datadog.app-key", datadog.appKey(),
                        "fusion.datadog.project-id", datadog.projectId()));
        url(problems, "fusion.datadog.app-url", datadog.appUrl().toString());
    }

    private static void servicenow(Collection<String> problems, FusionConfig.Servicenow servicenow) {
        if (servicenow.url().toString().equals(FusionConfig.Servicenow.UNSET)) {
            problems.add(ConfigProblems.missing("fusion.servicenow.url"));
        }
        var isClient = servicenow.clientId().isPresent();
        if (isClient) {
            required(problems, Map.of("fusion.servicenow.client-secret", servicenow.clientSecret()));
        }
        if (!isClient || servicenow.password().isPresent()) {
            required(problems, Map.of("fusion.servicenow.username", servicenow.username()));
        }
        if (!isClient || servicenow.username().isPresent()) {
            required(problems, Map.of("fusion.servicenow.password", servicenow.password()));
        }
    }

    private static void pagerduty(Collection<String> problems, FusionConfig.Pagerduty pagerduty) {
        required(
                problems,
                Map.of(
                        "fusion.pagerduty.token", pagerduty.token(),
                        "fusion.pagerduty.from", pagerduty.from(),
                        "fusion.pagerduty.service-id", pagerduty.serviceId()));
    }

    private static void url(Collection<String> problems, String key, String text) {
        ConfigProblems.url(key, text, SCHEMES).ifPresent(problems::add);
    }

    private static void required(Collection<String> problems, Map<String, Optional<String>> values) {
        values.keySet().stream()
                .filter(key -> values.get(key).isEmpty())
                .sorted()
                .map(ConfigProblems::missing)
                .forEach(problems::add);
    }

    private static String sorted(Set<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
