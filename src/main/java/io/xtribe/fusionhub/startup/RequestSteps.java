package io.xtribe.fusionhub.startup;

import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.NamedNode;

import io.xtribe.fusionhub.config.Spelling;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.RequestSpec;
import io.xtribe.fusionhub.platform.RequestSpec.UnknownParameterException;

/** Mistakes in the {@code platform:} steps of routes: a platform that takes no part, a mapping that is not there or is no jq. */
final class RequestSteps {

    private static final Pattern STEP =
            Pattern.compile(RequestSpec.SCHEME + "(?::(?://)?([^?]*))?(?:\\?.*)?", Pattern.DOTALL);

    private final Map<String, Platform> platforms;
    private final JqPrograms programs;
    private final List<String> problems;

    /** @param problems where a line is added for each */
    RequestSteps(Collection<Platform> platforms, JqPrograms programs, List<String> problems) {
        this.platforms = platforms.stream().collect(Collectors.toMap(Platform::name, Function.identity()));
        this.programs = programs;
        this.problems = problems;
    }

    void check(NamedNode node, String uri) {
        var step = STEP.matcher(uri == null ? "" : uri);
        if (!step.matches()) {
            return;
        }
        var name = step.group(1) == null ? "" : step.group(1);
        var platform = platforms.get(name);
        if (platform == null) {
            problems.add(RouteSource.place(node, name) + ": no platform '" + name + "' takes part: use one of "
                    + String.join(", ", platforms.keySet().stream().sorted().toList()));
            return;
        }
        try {
            var spec = RequestSpec.parse(uri);
            spec.inline().forEach(program -> programs.checkMapping(node, program, null));
            spec.files().forEach(file -> file(node, platform, file));
            brace(node, spec.path());
            brace(node, spec.query());
        } catch (UnknownParameterException e) {
            problems.add(RouteSource.place(node, e.name() + ":") + ": " + e.getMessage());
        } catch (IllegalArgumentException | URISyntaxException e) {
            problems.add(RouteSource.place(node, RequestSpec.SCHEME + ":" + name) + ": " + e.getMessage());
        }
    }

    /** What is left of a template is sent as it is. */
    private void brace(NamedNode node, String template) {
        if (template.replaceAll("\\{[^{}]*}", "").matches(".*[{}].*")) {
            problems.add(RouteSource.place(node, template.replace("&", "; ")) + ": '" + template
                    + "' holds a brace by itself: close it, and move jq with braces of its own to a file");
        }
    }

    private void file(NamedNode node, Platform platform, String file) {
        var folder = platform.folder();
        if (folder.exists(file)) {
            programs.checkMapping(node, folder.text(file), folder.location(file));
        } else {
            problems.add(RouteSource.place(node, file) + ": there is no " + file + " in the folder of "
                    + platform.name()
                    + Spelling.nearest(file, folder.mappings())
                            .map(near -> "; the nearest is " + near)
                            .orElse("")
                    + ": correct its name, or add the file");
        }
    }
}
