package io.xtribe.fusionhub.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.xtribe.fusionhub.platform.GetRequest;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.RequestSpec;

/**
 * Loads the routes of a platform: those of its route file, those that its descriptor holds as one request each, and the one
 * that maps its webhooks, where nobody has written it.
 */
public final class VendorRoutes {

    private static final String DESCRIPTOR = "platform.yaml";
    private static final String SIGNAL_MAPPING = "signal.jq";
    private static final Pattern NAMELESS = Pattern.compile("^" + RequestSpec.SCHEME + ":?(?=\\?|$)");

    private VendorRoutes() {}

    /**
     * Loads them.
     *
     * @throws InvalidRoutesException when a route is written and held by the descriptor as well
     * @throws Exception when the file is no route file; the message says why
     */
    public static void load(CamelContext camel, Platform platform) throws Exception {
        var model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        var others = List.copyOf(model.getRouteDefinitions());
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(
                        camel, platform.folder().routes()));
        model.getRouteDefinitions().stream()
                .filter(route -> !others.contains(route))
                .forEach(route -> nameThePlatform(route, platform));
        make(camel, platform);
    }

    /** Of the URI of a component that it does not know Kaoto leaves the scheme, once a step is edited in its form. */
    private static void nameThePlatform(RouteDefinition route, Platform platform) {
        for (SendDefinition<?> step :
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)) {
            if (step.getUri() != null) {
                step.setUri(NAMELESS.matcher(step.getUri()).replaceFirst(RequestSpec.SCHEME + ":" + platform.name()));
            }
        }
    }

    /** Makes those that are not written; the written ones have been loaded. */
    static void make(CamelContext camel, Platform platform) throws Exception {
        camel.addRoutes(new Made(platform, camel.getCamelContextExtension().getContextPlugin(Model.class)));
    }

    /** The ids of the routes that are made of a platform's descriptor. */
    public static List<String> described(Platform platform) {
        return questions(platform).stream().map(Question::route).toList();
    }

    /**
     * What is asked of the account by one request.
     *
     * @param member the member of the descriptor that holds it
     * @param name its name there; empty where there is one only
     */
    private record Question(String route, String description, GetRequest get, String member, String name) {}

    private static List<Question> questions(Platform platform) {
        var questions = new ArrayList<Question>();
        var descriptor = platform.descriptor();
        questions.add(new Question(
                platform.name() + "-probe",
                "Asks for what every account can read, to see whether our credentials are taken",
                descriptor.probe(),
                "probe",
                ""));
        if (descriptor.speaker() != null) {
            questions.add(new Question(
                    Platform.speakerRoute(platform.name()),
                    "Yields the names by which those are known that may speak",
                    descriptor.speaker().get(),
                    "speaker",
                    ""));
        }
        descriptor
                .lists()
                .forEach((name, list) -> questions.add(
                        new Question(platform.listRoute(name), list.description(), list.get(), "lists", name)));
        descriptor
                .polls()
                .forEach((name, poll) -> questions.add(
                        new Question(platform.pollRoute(name), poll.description(), poll.get(), "polls", name)));
        descriptor
                .checks()
                .forEach((name, check) -> questions.add(
                        new Question(platform.checkRoute(name), check.description(), check.get(), "checks", name)));
        questions.removeIf(question -> question.get() == null);
        return questions;
    }

    /** The routes that nobody has to write. */
    private static final class Made extends RouteBuilder {

        private final Platform platform;
        private final Model written;
        private final List<String> descriptor;

        Made(Platform platform, Model written) {
            this.platform = platform;
            this.written = written;
            descriptor = platform.folder().text(DESCRIPTOR).lines().toList();
        }

        @Override
        public void configure() {
            for (var question : questions(platform)) {
                if (isWritten(question.route())) {
                    throw new InvalidRoutesException(
                            List.of(platform.folder().location(DESCRIPTOR).replaceFirst("^\\w+:", "") + ", line "
                                    + lineOf(question) + ": " + question.route()
                                    + " is a request here, and a route in the route file: leave one of the two out"));
                }
                make(
                        question.route(),
                        question.description(),
                        question.get().uri(platform.name()),
                        "get",
                        lineOf(question));
            }
            var signal = platform.name() + "-signal";
            if (!isWritten(signal) && platform.folder().exists(SIGNAL_MAPPING)) {
                make(
                                signal,
                                "Maps a webhook body to a signal",
                                "platform:" + platform.name() + "?answer=" + SIGNAL_MAPPING,
                                "map",
                                1)
                        .routeConfigurationId("mapping");
            }
        }

        private boolean isWritten(String route) {
            return written.getRouteDefinition(route) != null;
        }

        private RouteDefinition make(String id, String description, String uri, String what, int line) {
            var route = from("direct:" + id).routeId(id).description(description);
            route.to(uri).id(id + "-" + what);
            located(route, line);
            route.getOutputs().forEach(step -> located(step, line));
            return route;
        }

        /** For messages about it, which look from that line on for the word that they are about. */
        private void located(ProcessorDefinition<?> node, int line) {
            node.setLocation(platform.folder().location(DESCRIPTOR));
            node.setLineNumber(line);
        }

        private int lineOf(Question question) {
            var member = line("^" + question.member() + ":.*", 1);
            return question.name().isEmpty() ? member : line("^\\s+\"?" + question.name() + "\"?:.*", member);
        }

        /** The first line of that form; the one where the search begins if there is none. */
        private int line(String form, int from) {
            return IntStream.rangeClosed(from, descriptor.size())
                    .filter(number -> descriptor.get(number - 1).matches(form))
                    .findFirst()
                    .orElse(from);
        }
    }
}
