package io.xtribe.fusionhub.startup;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import net.thisptr.jackson.jq.internal.javacc.ParseException;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.Spelling;
import io.xtribe.fusionhub.startup.RouteSource.Place;

/** Explains what is wrong with a route file or a mapping in a few lines: the file, the line, the word, what to do. */
public final class RouteProblems {

    private static final String WHERE_FILES_ARE =
            "\n  Route files and mappings lie in src/main/resources; after correcting one, build again (bin/fusion does).";
    private static final String WHERE_MOUNTED_FILES_ARE =
            "\n  A mounted file is read when the hub starts: correct it where it is, and start the hub again.";
    private static final int LONGEST = 240;
    private static final Pattern RESOURCE = Pattern.compile("(?:file:|routes/)[^!?\\s,]+");
    private static final Pattern OPTION_MISSING = Pattern.compile(
            "Option (?<option>\\w+) is required when creating endpoint uri with syntax (?<scheme>\\w+).*");
    private static final Pattern OPTION_UNKNOWN = Pattern.compile("Unknown parameters=\\[\\{(?<option>[\\w.]+)=");
    private static final Pattern DUPLICATE = Pattern.compile("Duplicate (?:route )?ids? detected: (?<id>[\\w-]+)");
    private static final Pattern FILE_MISSING =
            Pattern.compile("(?:Cannot load resource|there is no) (?:classpath:)?(?<file>\\S+).*");

    private RouteProblems() {}

    /** The explanation; empty when the failure has nothing to do with routes. */
    public static Optional<String> explain(Throwable failure) {
        return Causes.find(failure, InvalidRoutesException.class)
                .map(Throwable::getMessage)
                .or(() -> Causes.find(failure, MarkedYamlEngineException.class).flatMap(yaml -> ofYaml(failure, yaml)))
                .or(() -> Causes.find(failure, FailedToCreateRouteException.class)
                        .map(route -> ofRoute(route, route.getRouteId())))
                .or(() -> Causes.find(failure, FailedToStartRouteException.class)
                        .map(route -> ofRoute(route, route.getRouteId())))
                .or(() -> Causes.find(failure, ExpressionIllegalSyntaxException.class)
                        .flatMap(syntax -> ofMapping(failure, syntax.getExpression())))
                .or(() -> ofLoading(failure))
                .map(text -> text + whereFilesAre(text));
    }

    private static String whereFilesAre(String text) {
        return text.contains("- /") ? WHERE_MOUNTED_FILES_ARE : WHERE_FILES_ARE;
    }

    private static Optional<String> ofYaml(Throwable failure, MarkedYamlEngineException yaml) {
        var mark = yaml.getProblemMark();
        var source = Causes.of(failure)
                .map(Throwable::getMessage)
                .filter(text -> text != null)
                .flatMap(text -> RESOURCE.matcher(text).results().map(match -> match.group()))
                .flatMap(location -> RouteSource.of(location).stream())
                .findFirst();
        if (mark.isEmpty() || source.isEmpty()) {
            return source.map(file -> line(file.name(), yaml.getProblem(), "correct it"));
        }
        var file = source.get();
        var number = file.lineOf(yaml.getProblem(), mark.get().getLine() + 1);
        return Optional.of(line(
                new Place(file.name(), number).toString(),
                yaml.getProblem() + ", in '" + file.line(number) + "'",
                "correct the spelling or the indentation"));
    }

    private static String ofRoute(Throwable failure, String routeId) {
        var duplicate = DUPLICATE.matcher(said(failure));
        if (duplicate.find()) {
            return duplicate(duplicate.group("id"));
        }
        var syntax = Causes.find(failure, ExpressionIllegalSyntaxException.class);
        if (syntax.isPresent()) {
            return ofExpression(failure, syntax.get().getExpression(), routeId);
        }
        var type = Causes.find(failure, ClassNotFoundException.class);
        if (type.isPresent()) {
            var name = type.get().getMessage();
            return line(place(name, routeId), "there is no class '" + name + "'", "correct its name");
        }
        var file = FILE_MISSING.matcher(said(failure));
        if (file.matches()) {
            return line(
                    place(file.group("file"), routeId),
                    "there is no " + file.group("file"),
                    "correct its name, or add the file");
        }
        var option = OPTION_UNKNOWN.matcher(said(failure));
        if (option.find()) {
            return line(
                    place(option.group("option"), routeId),
                    "'" + option.group("option") + "' is no option of this endpoint",
                    "correct its spelling");
        }
        var bean = Causes.find(failure, NoSuchBeanException.class);
        if (bean.isPresent()) {
            var name = bean.get().getName();
            return line(
                    place(name, routeId),
                    "there is no bean '" + name + "'",
                    "correct its spelling, or give the class @Named(\"" + name + "\")");
        }
        var method = Causes.find(failure, MethodNotFoundException.class);
        if (method.isPresent()) {
            return ofMethod(method.get(), routeId);
        }
        return line(place(said(failure), routeId), said(failure), "correct the route " + routeId);
    }

    private static String ofMethod(MethodNotFoundException method, String routeId) {
        var type = method.getBean().getClass();
        var near = Spelling.nearest(
                method.getMethodName(),
                Stream.of(type.getMethods())
                        .filter(one -> one.getDeclaringClass() != Object.class)
                        .map(one -> one.getName())
                        .toList());
        return line(
                place(method.getMethodName(), routeId),
                "the bean has no method '" + method.getMethodName() + "' (" + type.getName() + ")",
                "correct its spelling"
                        + near.map(one -> "; the nearest is '" + one + "'").orElse(""));
    }

    private static String ofExpression(Throwable failure, String expression, String routeId) {
        return ofMapping(failure, expression)
                .orElseGet(() -> line(
                        place(expression.lines().findFirst().orElse(""), routeId),
                        doesNotCompile(failure),
                        "correct it"));
    }

    /** Empty when the text is no mapping file's. */
    private static Optional<String> ofMapping(Throwable failure, String text) {
        return RouteSource.mappingWith(text).map(mapping -> {
            var number = lineOfParser(failure);
            return line(
                    new Place(mapping.name(), number).toString(),
                    doesNotCompile(failure) + ", in '" + mapping.line(number) + "'",
                    "correct it");
        });
    }

    /** The line of a jq program where its parser stopped; the first where it does not say. */
    static int lineOfParser(Throwable failure) {
        return Causes.find(failure, ParseException.class)
                .filter(one -> one.currentToken != null)
                .map(one -> one.currentToken.next.beginLine)
                .orElse(1);
    }

    /** What its parser says, as part of a sentence. */
    static String doesNotCompile(Throwable failure) {
        return "this jq does not compile: "
                + Causes.find(failure, ParseException.class)
                        .map(RouteProblems::said)
                        .orElse(said(failure))
                        .replaceFirst("\\.?\\s*$", "");
    }

    private static String duplicate(String id) {
        var place = RouteSource.all().stream()
                .flatMap(file -> file.findAll("id: " + id).stream())
                .skip(1)
                .findFirst();
        return line(
                place.map(Place::toString).orElse("route files"),
                "the id '" + id + "' is used there a second time",
                "give each route and each step an id of its own");
    }

    /** What fails before there are routes, in a file that Camel does not name. */
    private static Optional<String> ofLoading(Throwable failure) {
        var option = OPTION_MISSING.matcher(said(failure));
        if (option.matches()) {
            var scheme = option.group("scheme");
            return RouteSource.withoutParameter(scheme, option.group("option"))
                    .map(place -> line(
                            place.toString(),
                            "the endpoint '" + scheme + "' lacks its parameter '" + option.group("option") + "'",
                            "correct the spelling of what is there instead, or add it"));
        }
        var isCamels = Causes.of(failure)
                .anyMatch(cause -> cause.getClass().getName().startsWith("org.apache.camel.")
                        || Stream.of(cause.getStackTrace())
                                .limit(1)
                                .anyMatch(frame -> frame.getClassName().startsWith("org.apache.camel.")
                                        && !frame.getClassName().contains("quarkus")));
        // Where the place is not known, the whole stack trace helps more than one line.
        return isCamels
                ? RouteSource.onlyPlaceOf(said(failure))
                        .map(place -> line(place.toString(), said(failure), "correct the route"))
                : Optional.empty();
    }

    private static String place(String message, String routeId) {
        return RouteSource.spokenOf(message, routeId).map(Place::toString).orElse("route " + routeId);
    }

    private static String line(String place, String problem, String remedy) {
        return "- " + place + ": " + shortened(problem) + ": " + remedy;
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 3) + "...";
    }

    /** What the innermost cause says, on one line. */
    private static String said(Throwable failure) {
        var innermost = Causes.of(failure)
                .filter(cause -> cause.getMessage() != null)
                .reduce((outer, inner) -> inner)
                .orElse(failure);
        var text = String.valueOf(innermost.getMessage());
        // A parser lists all that it would rather have had.
        return text.replaceFirst("(?s)\\s*Was expecting.*", "")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
