package io.xtribe.fusionhub.explain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.startup.VendorRoutes;

/** The hub's own routes that take signals and steps, and those of its platforms, without what they are started by. */
final class RehearsedRoutes {

    /** The route that takes a signal. */
    static final String INTAKE = "signals-intake";
    /** The route that takes a step. */
    static final String STEP = "converge-step";

    /** The route files of the hub that are rehearsed. */
    static final List<String> FILES =
            List.of("error-handling.camel.yaml", "links.camel.yaml", "signals.camel.yaml", "converge.camel.yaml");

    private static final Set<String> ROUTES = Set.of(INTAKE, STEP, "converge-call", "converge-unclear", "links-shown");

    private RehearsedRoutes() {}

    /**
     * Loads them.
     *
     * @param replaced files that stand in for built-in ones, by their name
     * @throws Exception when a file is no route file; the message says why
     */
    static void load(DefaultCamelContext camel, Map<String, Path> replaced, Platforms platforms) throws Exception {
        var loader = PluginHelper.getRoutesLoader(camel);
        for (var file : FILES) {
            var other = replaced.get(file);
            loader.loadRoutes(ResourceHelper.resolveMandatoryResource(
                    camel, other == null ? "classpath:routes/" + file : "file:" + other));
        }
        var model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        for (var route : List.copyOf(model.getRouteDefinitions())) {
            if (!ROUTES.contains(route.getId())) {
                model.removeRouteDefinition(route);
            }
        }
        var intake = model.getRouteDefinition(INTAKE);
        // The definition takes no second input.
        intake.setInput(null);
        intake.setInput(new FromDefinition("direct:" + INTAKE));
        intake.setAutoStartup("true");
        for (var platform : platforms.all()) {
            VendorRoutes.load(camel, platform);
        }
    }
}
