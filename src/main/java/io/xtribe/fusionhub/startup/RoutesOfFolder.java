package io.xtribe.fusionhub.startup;

import java.util.List;

import jakarta.inject.Singleton;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.platform.FolderCheck;
import io.xtribe.fusionhub.platform.Platform;

/** Reads the routes of a platform's folder by themselves, and looks for the mistakes that {@link RouteCheck} knows. */
@Singleton
public class RoutesOfFolder implements FolderCheck {

    /** What the routes of every platform may use. */
    private static final List<String> SHARED =
            List.of("classpath:routes/error-handling.camel.yaml", "classpath:routes/links.camel.yaml");

    @Override
    public List<String> problems(Platform platform) {
        try (var camel = new DefaultCamelContext()) {
            load(camel, platform);
            new RouteCheck(camel, List.of(platform)).check();
            return List.of();
        } catch (InvalidRoutesException e) {
            return e.getMessage().lines().toList();
        } catch (Exception e) {
            return List.of("- " + platform.folder().routes() + ": " + Causes.innermost(e));
        }
    }

    /**
     * Loads the routes, and what they may use.
     *
     * @throws Exception when a file is no route file; the message says why
     */
    public static void load(DefaultCamelContext camel, Platform platform) throws Exception {
        platform.folder().requireRoutes();
        var loader = PluginHelper.getRoutesLoader(camel);
        for (var file : SHARED) {
            loader.loadRoutes(ResourceHelper.resolveMandatoryResource(camel, file));
        }
        VendorRoutes.load(camel, platform);
    }
}
