package io.xtribe.fusionhub.startup;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.apache.camel.CamelContext;
import org.apache.camel.quarkus.main.events.AfterConfigure;
import org.apache.camel.quarkus.main.events.BeforeConfigure;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;

/**
 * Puts the route files of {@code fusion.routes-path} in the place of the built-in ones of the same name. A file that cannot be
 * used must not keep the hub from paging: the built-in one stays, and log, health and a metric say so.
 */
@Singleton
public class RouteOverrides {

    private static final Logger LOG = Logger.getLogger(RouteOverrides.class);

    private final FusionConfig config;
    private final Platforms platforms;
    private final CamelContext camel;
    private final Map<String, Path> used = new TreeMap<>();
    private final Map<String, String> broken = new TreeMap<>();

    RouteOverrides(FusionConfig config, Platforms platforms, CamelContext camel, MeterRegistry metrics) {
        this.config = config;
        this.platforms = platforms;
        this.camel = camel;
        metrics.gauge("fusion.route.files.broken", broken, Map::size);
    }

    /** Mounted files that stand in for built-in ones, by name. */
    public Set<String> used() {
        return Set.copyOf(used.keySet());
    }

    /** The same with where they are. */
    public Map<String, Path> files() {
        return Map.copyOf(used);
    }

    /** Mounted files that cannot be used, by name, each with what is done instead. */
    public Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    /** Before Camel looks for route files: it is told which of the built-in ones to leave out. */
    void choose(@Observes BeforeConfigure event) throws Exception {
        if (config.routesPath().isEmpty()) {
            return;
        }
        var folder = config.routesPath().get();
        choose(folder);
        if (!used.isEmpty()) {
            event.getMain().configure().setRoutesExcludePattern(patterns(used.keySet()));
            LOG.infof("Route files of %s stand in for the built-in ones: %s", folder, used.keySet());
        }
    }

    private void choose(Path folder) throws Exception {
        var trial = new RouteTrial(camel, platforms.all());
        var names = platforms.all().stream().map(Platform::name).collect(Collectors.toSet());
        var choice = new MountedRoutes(RouteTrial.builtIn(camel).keySet(), names, trial::problems);
        choice.choose(folder);
        used.putAll(choice.used());
        choice.broken().forEach((name, why) -> {
            broken.put(name, why.consequence());
            LOG.errorf(
                    "The mounted route file %s cannot be used, so %s. Correct it, and restart the hub:%n%s",
                    name, why.consequence(), String.join(System.lineSeparator(), why.problems()));
        });
    }

    /** As Camel compares them with the locations of files. */
    private static String patterns(Set<String> names) {
        return names.stream().map(name -> "**/" + name).collect(Collectors.joining(","));
    }

    void load(@Observes AfterConfigure event) throws Exception {
        for (var file : used.values()) {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, RouteTrial.location(file)));
        }
    }
}
