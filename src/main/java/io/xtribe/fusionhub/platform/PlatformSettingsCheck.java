package io.xtribe.fusionhub.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/** Checks the names of platforms, webhook sources and first signs, and what each platform that takes part needs. */
@Singleton
public class PlatformSettingsCheck implements ConfigurationCheck {

    private final Config values;

    public PlatformSettingsCheck(Config values) {
        this.values = values;
    }

    @Override
    public Collection<String> keys() {
        return PlatformCatalogue.keys(values);
    }

    @Override
    public List<String> problems(FusionConfig config) {
        var problems = new ArrayList<String>();
        var known = PlatformCatalogue.read(values, problems);
        names(problems, config, known);
        for (var name : config.platforms()) {
            var platform = known.get(name);
            if (platform != null) {
                problems.addAll(platform.settings().problems());
                timeout(problems, config, platform.settings());
                proxy(problems, platform.settings());
            }
        }
        return problems;
    }

    private static void names(Collection<String> problems, FusionConfig config, Map<String, Platform> known) {
        for (var name : config.platforms()) {
            if (!known.containsKey(name)
                    && problems.isEmpty()
                    && !PlatformCatalogue.isMounted(name, config.platformsPath())) {
                problems.add("fusion.platforms holds '" + name + "': use " + sorted(known.keySet())
                        + ", or put a folder of that name, with a platform.yaml in it, below fusion.platforms-path, which is "
                        + config.platformsPath()
                                .map(PlatformSettingsCheck::state)
                                .orElse("not set"));
            }
        }
        for (var name : config.webhooks().keySet()) {
            if (!known.containsKey(name) && !config.platforms().contains(name)) {
                problems.add(
                        "fusion.webhooks." + name + ".secret is for an unknown source: use " + sorted(known.keySet()));
            }
        }
        for (var name : config.copy().keySet()) {
            if (!known.containsKey(name) && !config.platforms().contains(name)) {
                problems.add("fusion.copy." + name + " is for an unknown platform: use " + sorted(known.keySet()));
            }
        }
        var signs = new TreeSet<String>();
        known.values()
                .forEach(platform ->
                        signs.addAll(platform.descriptor().firstSigns().keySet()));
        for (var source : config.triggers().sources()) {
            if (!signs.contains(source)) {
                problems.add("fusion.triggers.sources holds '" + source + "': use " + sorted(signs));
            }
        }
    }

    private static void proxy(Collection<String> problems, PlatformSettings settings) {
        if (settings.malformed().isEmpty() && settings.text("url").isPresent()) {
            try {
                ForwardProxy.to(settings.url());
            } catch (IllegalArgumentException e) {
                if (!problems.contains(e.getMessage())) {
                    problems.add(e.getMessage());
                }
            }
        }
    }

    private static String state(Path path) {
        return path.toAbsolutePath() + (Files.isDirectory(path) ? "" : " (there is no such folder)");
    }

    private static void timeout(Collection<String> problems, FusionConfig config, PlatformSettings settings) {
        var lease = config.converge().lease();
        try {
            if (settings.timeout().compareTo(lease) >= 0) {
                problems.add(settings.key("timeout") + " is " + settings.timeout()
                        + ", not shorter than fusion.converge.lease (" + lease
                        + "): shorten the one or lengthen the other");
            }
        } catch (IllegalArgumentException e) {
            // It is no duration, which has been said.
        }
    }

    private static String sorted(Set<String> names) {
        return String.join(", ", new TreeSet<>(names));
    }
}
