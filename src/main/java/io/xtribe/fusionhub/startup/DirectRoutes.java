package io.xtribe.fusionhub.startup;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.apache.camel.NamedNode;

import io.xtribe.fusionhub.config.Spelling;
import io.xtribe.fusionhub.incident.Operation;

/** Collects the routes that begin with {@code direct:}, and reports calls of a {@code direct:} name that no route has. */
final class DirectRoutes {

    /** Routes of a platform that are called by name and are no {@link Operation}. */
    private static final List<String> OTHERS = List.of("probe", "signal");

    private final List<String> platforms;
    private final List<String> operations =
            Arrays.stream(Operation.values()).map(Operation::verb).sorted().toList();
    private final DirectTargets targets;
    private final List<String> problems;
    private final Map<String, NamedNode> begins = new TreeMap<>();
    private final Set<String> missing = new HashSet<>();

    /** @param problems where a line is added for each */
    DirectRoutes(Collection<String> platforms, List<String> problems) {
        this.platforms = platforms.stream().sorted().toList();
        this.problems = problems;
        // Where they are set: StepRun, SignalIntake, route platform-probe-one.
        targets = new DirectTargets(Map.of(
                "platform",
                this.platforms,
                "source",
                this.platforms,
                "probed",
                this.platforms,
                "operation",
                operations));
    }

    /** A route begins with this URI. To be called for all routes before the first {@link #call}. */
    void begin(NamedNode route, String uri) {
        DirectTargets.name(uri).ifPresent(name -> begins.put(name, route));
    }

    /** Something calls this URI. */
    void call(NamedNode node, String uri) {
        DirectTargets.name(uri).ifPresent(name -> targets.of(name)
                .ifPresentOrElse(
                        spelt -> spelt.forEach(target -> call(node, name, target)),
                        () -> problems.add(RouteSource.place(node, name) + ": where direct:" + name
                                + " leads cannot be told: use in it only the exchange properties "
                                + String.join(", ", targets.properties()) + ", or a choice of fixed names")));
    }

    private void call(NamedNode node, String name, String target) {
        if (!begins.containsKey(target)) {
            missing.add(target);
            problems.add(RouteSource.place(node, name) + ": no route begins with direct:" + target
                    + (target.equals(name) ? "" : ", which direct:" + name + " needs") + remedy(target));
        }
    }

    /** Reports the routes that every platform must have and that are missing, whether or not something calls them. */
    void required() {
        for (var platform : platforms) {
            Stream.concat(operations.stream(), OTHERS.stream())
                    .map(verb -> platform + "-" + verb)
                    .filter(name -> !begins.containsKey(name) && missing.add(name))
                    .forEach(name -> problems.add("fusion.platforms holds " + platform
                            + ", but no route begins with direct:" + name + remedy(name)));
        }
    }

    private String remedy(String name) {
        return Spelling.nearest(name, begins.keySet())
                .map(near -> "; the nearest is direct:" + near + " (" + RouteSource.place(begins.get(near), near)
                        + "): mend the name in one of the two places")
                .orElse(": add the route");
    }
}
