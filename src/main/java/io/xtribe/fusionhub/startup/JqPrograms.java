package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Versions;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.language.jq.JqLanguage;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.support.ResourceHelper;

import io.xtribe.fusionhub.platform.Mapping;

/** Finds names that mean nothing in the jq programs of routes, inline or in a mapping, and wrong numbers of arguments. */
final class JqPrograms {

    private static final Set<String> MAPPING_FUNCTIONS = Mapping.functions();
    private static final String JQ = "jq";
    private static final String SIMPLE = "simple";
    private static final Pattern JQ_IN_SIMPLE = Pattern.compile("\\$\\{jq\\((?<program>.*?)\\)}");
    private static final String RESOURCE = "resource:";
    private static final String CLASS_PATH = "classpath:";

    private final CamelContext camel;
    private final List<String> problems;
    private final Set<String> functions = new HashSet<>();

    /** @param problems where a line is added for each */
    JqPrograms(CamelContext camel, List<String> problems) {
        this.camel = camel;
        this.problems = problems;
    }

    void check(NamedNode node, ExpressionDefinition expression) {
        var written = expression.getExpression();
        if (written != null && SIMPLE.equals(expression.getLanguage())) {
            JQ_IN_SIMPLE.matcher(written).results().forEach(found -> check(found.group(1), node, null));
        }
        if (!JQ.equals(expression.getLanguage()) || written == null) {
            return;
        }
        if (!written.startsWith(RESOURCE)) {
            check(written, node, null);
            return;
        }
        var resource = written.substring(RESOURCE.length());
        var file = resource.startsWith(CLASS_PATH) ? resource.substring(CLASS_PATH.length()) : resource;
        try (var in = ResourceHelper.resolveMandatoryResourceAsInputStream(camel, resource)) {
            check(new String(in.readAllBytes(), StandardCharsets.UTF_8), node, file);
        } catch (IOException e) {
            problems.add(
                    RouteSource.place(node, file) + ": there is no " + file + ": correct its name, or add the file");
        }
    }

    /**
     * Checks a mapping of a platform.
     *
     * @param location where its file is, or null for a program that stands in the route
     */
    void checkMapping(NamedNode node, String program, String location) {
        var file = location == null ? null : location.replaceFirst("^\\w+:", "");
        try {
            JsonQuery.compile(program, Versions.JQ_1_6);
        } catch (JsonQueryException e) {
            problems.add(doesNotCompile(node, program, file, e));
            return;
        }
        unknown(
                JqNames.unknown(
                        program,
                        key -> MAPPING_FUNCTIONS.contains(key) || MAPPING_FUNCTIONS.contains(name(key)),
                        Mapping.VARIABLES),
                node,
                file);
    }

    /** Camel would find it too, but only while the routes start, and would log it with the whole program. */
    private static String doesNotCompile(NamedNode node, String program, String file, JsonQueryException failure) {
        var what = RouteProblems.doesNotCompile(failure);
        if (file == null) {
            return RouteSource.place(node, program) + ": " + what + ": correct it";
        }
        var mapping = new RouteSource(file, program.lines().toList());
        var line = RouteProblems.lineOfParser(failure);
        return new RouteSource.Place(file, line) + ": " + what + ", in '" + mapping.line(line) + "': correct it";
    }

    private void check(String program, NamedNode node, String file) {
        var unknowns = JqNames.unknown(program, this::isFunction, Set.of());
        // What does not even parse Camel refuses itself, with the place where it stopped.
        if (!unknowns.isEmpty() && parses(program)) {
            unknown(unknowns, node, file);
        }
    }

    private void unknown(List<JqNames.Unknown> unknowns, NamedNode node, String file) {
        for (var unknown : unknowns) {
            var place = file == null
                    ? RouteSource.place(node, unknown.name())
                    : new RouteSource.Place(file, unknown.line()).toString();
            problems.add(place + ": jq knows no '" + unknown.name() + "'" + arguments(unknown)
                    + ": correct its spelling, or define it");
        }
    }

    private boolean isFunction(String key) {
        return functions().contains(key) || functions().contains(name(key));
    }

    /** Said where the name is one that jq knows, with other arguments. */
    private String arguments(JqNames.Unknown unknown) {
        var isName = functions().stream().anyMatch(key -> name(key).equals(unknown.name()));
        return isName ? " with " + unknown.arguments() + (unknown.arguments() == 1 ? " argument" : " arguments") : "";
    }

    private static String name(String key) {
        return key.replaceFirst("/\\d+$", "");
    }

    private static boolean parses(String program) {
        try {
            JsonQuery.compile(program, Versions.JQ_1_6);
            return true;
        } catch (JsonQueryException e) {
            return false;
        }
    }

    /** What every program may call: {@code name/arguments}, or the name alone where any number will do. */
    private Set<String> functions() {
        if (functions.isEmpty()) {
            for (var scope = ((JqLanguage) camel.resolveLanguage(JQ)).getRootScope();
                    scope != null;
                    scope = scope.getParentScope()) {
                functions.addAll(scope.getLocalFunctions().keySet());
            }
        }
        return functions;
    }
}
