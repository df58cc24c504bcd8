package io.xtribe.fusionhub.platform;

import java.util.Map;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The Camel component {@code platform}: {@code platform:datadog} with a method, a path and mappings is one request to
 * that platform, as one step of a route. Everything that a request needs beside is done by it: docs/mappings.md.
 */
public final class PlatformComponent extends DefaultComponent {

    private final PlatformClients clients;

    public PlatformComponent(PlatformClients clients) {
        this.clients = clients;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String platform, Map<String, Object> parameters) {
        var spec = RequestSpec.of(parameters);
        return new PlatformEndpoint(uri, platform, spec);
    }

    @Override
    protected void doStop() throws Exception {
        super.doStop();
        clients.close();
    }

    private final class PlatformEndpoint extends DefaultEndpoint {

        private final String platform;
        private final RequestSpec spec;

        PlatformEndpoint(String uri, String platform, RequestSpec spec) {
            super(uri, PlatformComponent.this);
            this.platform = platform;
            this.spec = spec;
        }

        @Override
        public Producer createProducer() {
            var client = clients.of(platform, getCamelContext());
            return new PlatformProducer(this, client, spec);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException(
                    "a platform is called; what it sends comes in by its webhook endpoint");
        }
    }
}
