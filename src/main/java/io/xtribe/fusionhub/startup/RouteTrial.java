package io.xtribe.fusionhub.startup;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.platform.Platform;

/**
 * Makes all routes of a hub once, with some route files in the place of built-in ones, in a Camel of its own that starts none of
 * them, and says what is wrong. The hub's beans are looked up, so that a wrong name or method is found; no endpoint is opened.
 */
public final class RouteTrial {

    /** How a route file's name ends. */
    static final String SUFFIX = ".camel.yaml";

    private static final String BUILT_IN = "classpath:routes/*" + SUFFIX;

    private final CamelContext hub;
    private final Collection<Platform> platforms;

    /**
     * The trial.
     *
     * @param hub whose beans and settings the routes use; it is not changed
     */
    public RouteTrial(CamelContext hub, Collection<Platform> platforms) {
        this.hub = hub;
        this.platforms = platforms;
    }

    /** The built-in route files but those of the platforms, by name. */
    static Map<String, Resource> builtIn(CamelContext camel) throws Exception {
        var files = new TreeMap<String, Resource>();
        for (var file : PluginHelper.getPackageScanResourceResolver(camel).findResources(BUILT_IN)) {
            var location = file.getLocation();
            files.put(location.substring(location.lastIndexOf('/') + 1), file);
        }
        return files;
    }

    /** How Camel names a file. */
    static String location(Path file) {
        return "file:" + file;
    }

    /**
     * A line for each problem; empty when a hub would start.
     *
     * @param replaced files by the name of the built-in one whose place they take
     */
    public List<String> problems(Map<String, Path> replaced) {
        try (var camel = new DefaultCamelContext(new TrialBeans(hub.getRegistry()))) {
            prepare(camel);
            var loader = PluginHelper.getRoutesLoader(camel);
            for (var file : builtIn(camel).entrySet()) {
                var other = replaced.get(file.getKey());
                loader.loadRoutes(
                        other == null
                                ? file.getValue()
                                : ResourceHelper.resolveMandatoryResource(camel, location(other)));
            }
            for (var platform : platforms) {
                VendorRoutes.load(camel, platform);
            }
            new RouteCheck(camel, platforms).check();
            camel.start();
            return List.of();
        } catch (Exception e) {
            return RouteProblems.explain(e)
                    .map(text -> text.lines().toList())
                    .orElseGet(() -> List.of("- " + Causes.innermost(e)));
        }
    }

    private void prepare(DefaultCamelContext camel) {
        camel.setAutoStartup(false);
        camel.disableJMX();
        camel.setSourceLocationEnabled(true);
        camel.getCamelContextExtension().setName(hub.getName() + "-trial");
        camel.getPropertiesComponent().addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "hub";
            }

            @Override
            public String getProperty(String name) {
                return hub.getPropertiesComponent().resolveProperty(name).orElse(null);
            }
        });
    }
}
