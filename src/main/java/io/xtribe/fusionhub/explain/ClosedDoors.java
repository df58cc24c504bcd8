package io.xtribe.fusionhub.explain;

import java.util.Set;

import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ComponentResolver;
import org.apache.camel.support.PluginHelper;

/** Keeps routes from reaching anything outside: they may call each other, and of platforms what is stood in for. */
final class ClosedDoors {

    private static final Set<String> OPEN = Set.of("bean", "direct", "platform");

    private ClosedDoors() {}

    /** Before the first route is loaded. */
    static void close(DefaultCamelContext camel) {
        var usual = PluginHelper.getComponentResolver(camel);
        ComponentResolver closed = (name, context) -> {
            if (OPEN.contains(name)) {
                return usual.resolveComponent(name, context);
            }
            throw new IllegalArgumentException(
                    "a route uses " + name + ", and what it would do by that cannot be told without doing it");
        };
        camel.getCamelContextExtension().addContextPlugin(ComponentResolver.class, closed);
    }
}
