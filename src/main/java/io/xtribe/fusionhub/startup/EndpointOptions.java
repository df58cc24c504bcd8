package io.xtribe.fusionhub.startup;

import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.util.URISupport;

import io.xtribe.fusionhub.config.Spelling;

/** Misspelt options of endpoints such as HTTP's, which take what they do not know for a part of the address. */
final class EndpointOptions {

    private final CamelContext camel;
    private final List<String> problems;

    /** @param problems where a line is added for each */
    EndpointOptions(CamelContext camel, List<String> problems) {
        this.camel = camel;
        this.problems = problems;
    }

    void check(NamedNode node, String uri) {
        if (uri == null || !uri.contains("?")) {
            return;
        }
        var factory = camel.getCamelContextExtension().getEndpointUriFactory(uri.replaceFirst(":.*", ""));
        if (factory == null || !factory.isLenientProperties()) {
            return;
        }
        var known = factory.propertyNames();
        var prefixes = factory.multiValuePrefixes() == null ? Map.<String, String>of() : factory.multiValuePrefixes();
        for (var option : names(uri)) {
            if (!known.contains(option) && prefixes.values().stream().noneMatch(option::startsWith)) {
                problems.add(RouteSource.place(node, option) + ": '" + option + "' is no option of this endpoint"
                        + Spelling.nearest(option, known)
                                .map(near -> "; the nearest is '" + near + "'")
                                .orElse("")
                        + ": correct its spelling; what is to be sent as a query goes into the header CamelHttpQuery");
            }
        }
    }

    private static Collection<String> names(String uri) {
        try {
            return URISupport.parseQuery(uri.substring(uri.indexOf('?') + 1), true)
                    .keySet();
        } catch (URISyntaxException e) {
            return List.of();
        }
    }
}
