package io.xtribe.fusionhub.platform;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.Incident;

/** The platforms that take part, as configured. */
@Singleton
public class Platforms {

    private final List<PlatformProfile> profiles;
    private final Map<String, TargetChooser> choosers;

    @Inject
    Platforms(FusionConfig config, Instance<TargetChooser> choosers) {
        this(
                config.platforms().stream()
                        .map(name -> profile(name, settings(config).get(name)))
                        .toList(),
                choosers.stream().toList());
    }

    public Platforms(List<PlatformProfile> profiles, List<TargetChooser> choosers) {
        this.profiles = List.copyOf(profiles);
        this.choosers =
                choosers.stream().collect(Collectors.toUnmodifiableMap(TargetChooser::platform, Function.identity()));
    }

    /** Every platform that can be configured: a fourth one is one more line here and in {@link FusionConfig}. */
    public static Map<String, FusionConfig.Platform> settings(FusionConfig config) {
        return Map.of(
                "datadog", config.datadog(),
                "servicenow", config.servicenow(),
                "pagerduty", config.pagerduty());
    }

    public List<PlatformProfile> profiles() {
        return profiles;
    }

    /** Where on this platform the incident is opened; empty when the platform has nothing to choose. */
    public Map<String, String> target(String platform, Incident incident) {
        var chooser = choosers.get(platform);
        return chooser == null ? Map.of() : chooser.choose(incident);
    }

    private static PlatformProfile profile(String name, FusionConfig.Platform settings) {
        return new PlatformProfile(name, settings.parts(), settings.uniqueKey(), settings.timeout(), settings.settle());
    }
}
