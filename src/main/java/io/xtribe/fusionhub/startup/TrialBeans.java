package io.xtribe.fusionhub.startup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.apache.camel.CamelContextAware;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Service;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.apache.camel.support.DefaultRegistry;

/**
 * The hub's beans for a {@link RouteTrial}. What belongs to one Camel, such as components and languages, is not handed out: the trial
 * would make it its own, and stop it at its end. The hub's own components, and the one that listens for HTTP, are stood in
 * for by ones that take every option and do nothing; {@link RouteCheck} knows the options of {@code platform:}.
 */
final class TrialBeans extends DefaultRegistry {

    private static final String LISTENS = "platform-http";

    private final Registry hub;

    TrialBeans(Registry hub) {
        this.hub = hub;
    }

    @Override
    public Object lookupByName(String name) {
        var own = super.lookupByName(name);
        if (own != null) {
            return own;
        }
        var bean = hub.lookupByName(name);
        if (name.equals(LISTENS) || bean instanceof Component component && isOurs(component)) {
            return new StandIn();
        }
        return belongsToCamel(bean) ? null : bean;
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        var bean = lookupByName(name);
        return type.isInstance(bean) ? type.cast(bean) : super.lookupByNameAndType(name, type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return Set.copyOf(findByTypeWithName(type).values());
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        var found = new LinkedHashMap<>(super.findByTypeWithName(type));
        hub.findByTypeWithName(type).forEach((name, bean) -> {
            if (!belongsToCamel(bean)) {
                found.putIfAbsent(name, bean);
            }
        });
        return found;
    }

    private static boolean isOurs(Component component) {
        return component.getClass().getName().startsWith("io.xtribe.");
    }

    private static boolean belongsToCamel(Object bean) {
        return bean instanceof CamelContextAware || bean instanceof Service;
    }

    /** Component and endpoint in the place of one of ours. */
    private static final class StandIn extends DefaultComponent {

        @Override
        protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
            parameters.clear();
            return new DefaultEndpoint(uri, this) {
                @Override
                public Producer createProducer() {
                    return new DefaultProducer(this) {
                        @Override
                        public void process(Exchange exchange) {
                            throw new UnsupportedOperationException("a trial sends nothing");
                        }
                    };
                }

                @Override
                public Consumer createConsumer(Processor processor) {
                    return new DefaultConsumer(this, processor);
                }
            };
        }
    }
}
