package io.xtribe.fusionhub.conformance;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SendDefinition;

import io.xtribe.fusionhub.platform.RequestSpec;

/** The paths that the {@code platform:} steps of one platform ask for, with anything in the place of what stands in braces. */
final class PathPatterns {

    private static final Pattern PLACE = Pattern.compile("\\{[^{}]*}");

    /** @param literal how many characters of it are the path's own */
    private record Known(String method, Pattern path, int literal) {}

    private final List<Known> known;

    private PathPatterns(List<Known> known) {
        this.known = known;
    }

    /** Of the routes that were loaded. */
    static PathPatterns of(CamelContext camel, String platform) {
        var known = new ArrayList<Known>();
        for (var route :
                camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions()) {
            for (SendDefinition<?> step :
                    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)) {
                if (step.getUri() != null && isOf(platform, step.getUri())) {
                    known(step.getUri()).ifPresent(known::add);
                }
            }
        }
        return new PathPatterns(known);
    }

    private static boolean isOf(String platform, String uri) {
        var name = RequestSpec.SCHEME + ":" + platform;
        return uri.equals(name) || uri.startsWith(name + "?");
    }

    private static Optional<Known> known(String uri) {
        try {
            var spec = RequestSpec.parse(uri);
            if (spec.path().isEmpty()) {
                return Optional.empty();
            }
            var texts = PLACE.split(spec.path(), -1);
            var pattern = String.join(
                    "[^/]+", List.of(texts).stream().map(Pattern::quote).toList());
            return Optional.of(new Known(
                    spec.method(),
                    Pattern.compile(pattern),
                    String.join("", texts).length()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether two requests ask for the same but for its ids. */
    boolean areAlike(String method, String path, String otherMethod, String otherPath) {
        return method.equals(otherMethod)
                && (path.equals(otherPath)
                        || best(method, path)
                                .filter(pattern -> best(method, otherPath)
                                        .filter(pattern::equals)
                                        .isPresent())
                                .isPresent());
    }

    private Optional<Known> best(String method, String path) {
        return known.stream()
                .filter(one ->
                        one.method().equals(method) && one.path().matcher(path).matches())
                .max(Comparator.comparingInt(Known::literal));
    }
}
