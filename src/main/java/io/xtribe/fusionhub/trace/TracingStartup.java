package io.xtribe.fusionhub.trace;

import java.util.UUID;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;

/** Switches tracing on where it is configured, and sends what is left when the process ends. */
@ApplicationScoped
class TracingStartup {

    private static final Logger LOG = Logger.getLogger(TracingStartup.class);

    private final FusionConfig config;
    private AutoCloseable spans;

    TracingStartup(FusionConfig config) {
        this.config = config;
    }

    void starting(@Observes BeforeStart event) {
        var tracing = config.tracing();
        if (tracing.enabled()) {
            var made = new OpenTelemetryTraces(
                    tracing.endpoint(), UUID.randomUUID().toString());
            spans = made;
            Traces.on(made);
            LOG.infof("Traces are sent to %s", tracing.endpoint());
        }
    }

    void ending(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) throws Exception {
        Traces.on(null);
        if (spans != null) {
            spans.close();
        }
    }
}
