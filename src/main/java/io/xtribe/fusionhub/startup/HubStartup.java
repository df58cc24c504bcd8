package io.xtribe.fusionhub.startup;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.NatsOutage;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.work.WorkDesk;

/**
 * Starts the routes that need NATS once NATS is there, however long that takes. Until then the hub is up, answers 503
 * at its webhook door, is not ready, and says now and then what it waits for.
 */
@ApplicationScoped
class HubStartup {

    private static final Logger LOG = Logger.getLogger(HubStartup.class);
    private static final String GROUP = "nats";
    private static final long RETRY_SECONDS = 2;

    private final NatsLink nats;
    private final NatsOutage outage;
    private final Provisioning provisioning;
    private final IncidentIndex index;
    private final WorkDesk desk;
    private final CamelContext camel;
    private final FusionConfig config;
    private Thread thread;
    private boolean indexWatches;
    private boolean deskWatches;

    HubStartup(
            NatsLink nats,
            NatsOutage outage,
            Provisioning provisioning,
            IncidentIndex index,
            WorkDesk desk,
            CamelContext camel,
            FusionConfig config) {
        this.nats = nats;
        this.outage = outage;
        this.provisioning = provisioning;
        this.index = index;
        this.desk = desk;
        this.camel = camel;
        this.config = config;
    }

    void started(@Observes AfterStart event) {
        thread = new Thread(this::bringUp, "hub-startup");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Comes before Camel stops its routes: what they finish is what had been begun by now. Not where the start has failed:
     * nothing must be made for it out of a wrong configuration.
     */
    void stopping(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent event) {
        nats.takeNothingMore();
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void bringUp() {
        try {
            while (!tryToBringUp()) {
                TimeUnit.SECONDS.sleep(RETRY_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tryToBringUp() throws InterruptedException {
        try {
            if (!nats.isConnected()) {
                nats.connect();
            }
            provisioning.ensure();
            watch();
        } catch (IOException | RuntimeException e) {
            LOG.debug("Not yet", e);
            outage.away(reason(e));
            return false;
        }
        if (!startRoutes()) {
            return false;
        }
        outage.back();
        LOG.infof("Fusion Hub is up, mode %s, platforms %s", config.mode(), config.platforms());
        return true;
    }

    /** Each watch once, however often it takes to come as far as this: one made stays with the connection. */
    private void watch() throws IOException, InterruptedException {
        if (!indexWatches) {
            index.watch();
            indexWatches = true;
        }
        if (!deskWatches) {
            desk.watch();
            deskWatches = true;
        }
    }

    private boolean startRoutes() {
        List<String> ids = camel.getRoutes().stream()
                .filter(route -> GROUP.equals(route.getGroup()))
                .map(Route::getRouteId)
                .toList();
        for (var id : ids) {
            try {
                camel.getRouteController().startRoute(id);
            } catch (Exception e) {
                LOG.debugf(e, "Route %s does not start", id);
                outage.away("route " + id + " does not start: " + reason(e));
                return false;
            }
        }
        return true;
    }

    private static String reason(Exception failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
