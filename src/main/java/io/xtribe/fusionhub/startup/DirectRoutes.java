package io.xtribe.fusionhub.startup;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import org.apache.camel.NamedNode;

import io.xtribe.fusionhub.config.Spelling;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformProfile;

/** Collects the routes that begin with {@code direct:}, and reports calls of a {@code direct:} name that no route has. */
public final class DirectRoutes {

    /** Routes of a platform that are called by name and are no {@link Operation}. */
    private static final List<String> OTHERS = List.of("probe", "signal");

    private final Map<String, List<String>> required = new TreeMap<>();
    private final DirectTargets targets;
    private final List<String> problems;
    private final Map<String, NamedNode> begins = new TreeMap<>();
    private final Set<String> missing = new HashSet<>();

    /** @param problems where a line is added for each */
    DirectRoutes(Collection<Platform> platforms, List<String> problems) {
        this.problems = problems;
        platforms.forEach(platform -> required.put(platform.name(), routes(platform)));
        var names = List.copyOf(required.keySet());
        // Where they are set: StepRun, SignalIntake, route platform-probe-one.
        targets = new DirectTargets(Map.of(
                "route",
                operations(platforms),
                "source",
                names,
                "probed",
                names,
                "list",
                lists(platforms).toList(),
                "speaker",
                speakers(platforms).toList(),
                "poll",
                polls(platforms).toList(),
                "check",
                checks(platforms).toList()));
    }

    /** The routes that a platform must have. */
    public static List<String> routes(Platform platform) {
        return Stream.of(
                        operations(List.of(platform)).stream(),
                        OTHERS.stream().map(verb -> platform.name() + "-" + verb),
                        lists(List.of(platform)),
                        polls(List.of(platform)),
                        checks(List.of(platform)),
                        speakers(List.of(platform)))
                .flatMap(Function.identity())
                .toList();
    }

    private static Stream<String> lists(Collection<Platform> platforms) {
        return platforms.stream().flatMap(platform -> platform.descriptor().lists().keySet().stream()
                .map(platform::listRoute));
    }

    private static Stream<String> polls(Collection<Platform> platforms) {
        return platforms.stream().flatMap(platform -> platform.descriptor().polls().keySet().stream()
                .map(platform::pollRoute));
    }

    private static Stream<String> checks(Collection<Platform> platforms) {
        return platforms.stream().flatMap(platform -> platform.descriptor().checks().keySet().stream()
                .map(platform::checkRoute));
    }

    private static Stream<String> speakers(Collection<Platform> platforms) {
        return platforms.stream()
                .filter(platform -> platform.descriptor().speaker() != null
                        && platform.descriptor().speaker().asks())
                .map(platform -> Platform.speakerRoute(platform.name()));
    }

    /** The routes that a step may be run by. */
    private static Set<String> operations(Collection<Platform> platforms) {
        var routes = new TreeSet<String>();
        for (var platform : platforms) {
            var profile = platform.profile();
            for (var operation : EnumSet.complementOf(lacked(profile))) {
                profile.parts().forEach(part -> routes.add(profile.route(operation.verb(), part)));
            }
            if (!profile.commentPart().isEmpty()) {
                routes.add(profile.route(Operation.COMMENT.verb(), profile.commentPart()));
            }
            platform.descriptor()
                    .firstSigns()
                    .keySet()
                    .forEach(source -> routes.add(profile.route(Operation.READ.verb(), source)));
        }
        return routes;
    }

    private static EnumSet<Operation> lacked(PlatformProfile profile) {
        var lacked = EnumSet.noneOf(Operation.class);
        lacked.addAll(profile.lacks());
        // Only one of its records takes comments, or none.
        lacked.add(Operation.COMMENT);
        return lacked;
    }

    /** A route begins with this URI. To be called for all routes before the first {@link #call}. */
    void begin(NamedNode route, String uri) {
        DirectTargets.name(uri).ifPresent(name -> begins.put(name, route));
    }

    /** What the hub would make the route of; empty for one that has to be written. */
    private String madeOf(String name) {
        for (var platform : required.keySet()) {
            if (name.equals(platform + "-signal")) {
                return "signal.jq to the folder of " + platform;
            } else if (name.equals(platform + "-probe")) {
                return "probe to its platform.yaml";
            }
        }
        return "";
    }

    /** Something calls this URI. */
    void call(NamedNode node, String uri) {
        DirectTargets.name(uri).ifPresent(name -> targets.of(name)
                .ifPresentOrElse(
                        spelt -> spelt.forEach(target -> call(node, name, target)),
                        () -> problems.add(RouteSource.place(node, name) + ": where direct:" + name
                                + " leads cannot be determined: use in it only the exchange properties "
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
        required.forEach((platform, routes) -> routes.stream()
                .filter(name -> !begins.containsKey(name) && missing.add(name))
                .forEach(name -> problems.add("fusion.platforms holds " + platform
                        + ", but no route begins with direct:" + name + remedy(name))));
    }

    private String remedy(String name) {
        var made = madeOf(name);
        if (!made.isEmpty()) {
            return ": add " + made + ", or the route";
        }
        return Spelling.nearest(name, begins.keySet())
                .map(near -> "; the nearest is direct:" + near + " (" + RouteSource.place(begins.get(near), near)
                        + "): correct the name in one of the two places")
                .orElse(": add the route");
    }
}
