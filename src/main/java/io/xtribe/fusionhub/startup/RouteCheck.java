package io.xtribe.fusionhub.startup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.CatchDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ErrorHandlerDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.apache.camel.support.PatternHelper;

import io.xtribe.fusionhub.config.Spelling;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;

/**
 * Refuses to start on routes whose mistakes Camel would notice only when an incident reaches them: a {@code direct:} that
 * no route begins with, a routeConfiguration that does not exist, a name in a jq program that is defined nowhere, an option
 * that an HTTP endpoint would send to the platform instead of using it. Mistakes that Camel finds itself are not looked for.
 * In the platforms' folders it also looks at the files that no route names.
 */
@ApplicationScoped
public class RouteCheck {

    private final CamelContext camel;
    private final Collection<Platform> platforms;

    @Inject
    RouteCheck(CamelContext camel, Platforms platforms) {
        this(camel, platforms.all());
    }

    /** For the platforms that take part. */
    public RouteCheck(CamelContext camel, Collection<Platform> platforms) {
        this.camel = camel;
        this.platforms = platforms;
    }

    void check(@Observes BeforeStart event) {
        check();
    }

    /**
     * Looks at all routes that have been loaded.
     *
     * @throws InvalidRoutesException with everything that was found
     */
    public void check() {
        var problems = new ArrayList<String>();
        var look = new Look(camel, platforms, problems);
        look.at(camel.getCamelContextExtension().getContextPlugin(Model.class));
        platforms.forEach(look.files::check);
        if (!problems.isEmpty()) {
            throw new InvalidRoutesException(problems.stream().distinct().toList());
        }
    }

    /** One look at all routes. */
    private static final class Look {
        private final CamelContext camel;
        private final Collection<Platform> platforms;
        private final DirectRoutes directs;
        private final JqPrograms programs;
        private final EndpointOptions options;
        private final RequestSteps requests;
        private final FolderFiles files;
        private final List<String> problems;

        Look(CamelContext camel, Collection<Platform> platforms, List<String> problems) {
            this.camel = camel;
            this.platforms = platforms;
            this.problems = problems;
            directs = new DirectRoutes(platforms, problems);
            programs = new JqPrograms(camel, problems);
            options = new EndpointOptions(camel, problems);
            requests = new RequestSteps(platforms, programs, problems);
            files = new FolderFiles(programs, problems);
        }

        void at(Model model) {
            for (var route : model.getRouteDefinitions()) {
                directs.begin(route, resolved(route.getInput().getEndpointUri()));
            }
            model.getRouteConfigurationDefinitions().forEach(this::at);
            for (var route : model.getRouteDefinitions()) {
                configurations(route, model.getRouteConfigurationDefinitions());
                signalRoute(route);
                options.check(route, resolved(route.getInput().getEndpointUri()));
                errorHandler(route, route.getErrorHandler());
                at(route.getOutputs());
            }
            directs.required();
        }

        private void at(RouteConfigurationDefinition configuration) {
            errorHandler(configuration, configuration.getErrorHandler());
            Stream.of(
                            configuration.getOnExceptions(),
                            configuration.getOnCompletions(),
                            configuration.getIntercepts(),
                            configuration.getInterceptFroms(),
                            configuration.getInterceptSendTos())
                    .flatMap(Collection::stream)
                    .forEach(one -> at(one.getOutputs()));
        }

        private void at(List<ProcessorDefinition<?>> outputs) {
            for (ProcessorDefinition<?> node :
                    ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ProcessorDefinition.class)) {
                at(node);
            }
        }

        private void at(ProcessorDefinition<?> node) {
            if (node instanceof SendDefinition<?> to) {
                directs.call(node, resolved(to.getUri()));
                options.check(node, resolved(to.getUri()));
                requests.check(node, resolved(to.getUri()));
            } else if (node instanceof ToDynamicDefinition dynamic) {
                directs.call(node, resolved(dynamic.getUri()));
            }
            if (node instanceof CatchDefinition caught && caught.getOnWhen() != null) {
                programs.check(node, caught.getOnWhen().getExpression());
            }
            if (node instanceof ExpressionNode holder && holder.getExpression() != null) {
                programs.check(node, holder.getExpression());
                if (yieldsAddresses(node)) {
                    for (var uri : holder.getExpression().getExpression().split(",")) {
                        directs.call(node, resolved(uri.trim()));
                    }
                }
            }
        }

        private static boolean yieldsAddresses(ProcessorDefinition<?> node) {
            return node instanceof EnrichDefinition
                    || node instanceof RecipientListDefinition
                    || node instanceof RoutingSlipDefinition
                    || node instanceof DynamicRouterDefinition;
        }

        private void errorHandler(NamedNode node, ErrorHandlerDefinition handler) {
            if (handler != null && handler.getErrorHandlerType() instanceof DeadLetterChannelDefinition letters) {
                directs.call(node, resolved(letters.getDeadLetterUri()));
            }
        }

        private void configurations(RouteDefinition route, List<RouteConfigurationDefinition> known) {
            if (route.getRouteConfigurationId() == null) {
                return;
            }
            for (var wanted : route.getRouteConfigurationId().split(",")) {
                var id = wanted.trim();
                if (known.stream().noneMatch(one -> PatternHelper.matchPattern(one.getId(), id))) {
                    var near = Spelling.nearest(
                            id,
                            known.stream()
                                    .map(RouteConfigurationDefinition::getId)
                                    .toList());
                    problems.add(RouteSource.place(route, id) + ": there is no routeConfiguration '" + id + "'"
                            + near.map(one -> "; the nearest is '" + one + "'").orElse("") + ": correct its spelling");
                }
            }
        }

        /** Without it a body that the mapping cannot read would come again and again, instead of becoming a dead letter. */
        private void signalRoute(RouteDefinition route) {
            var name = DirectTargets.name(resolved(route.getInput().getEndpointUri()))
                    .orElse("");
            var isSignal = platforms.stream().anyMatch(platform -> name.equals(platform.name() + "-signal"));
            if (isSignal && !"mapping".equals(route.getRouteConfigurationId())) {
                problems.add(RouteSource.place(route, name) + ": " + name + " needs routeConfigurationId: mapping");
            }
        }

        private String resolved(String uri) {
            return uri == null || !uri.contains("{{") ? uri : camel.resolvePropertyPlaceholders(uri);
        }
    }
}
