package io.xtribe.fusionhub.startup;

import java.util.List;
import java.util.concurrent.TimeUnit;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.quarkus.main.events.AfterStart;
import org.apache.camel.quarkus.main.events.BeforeStart;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.RunMode;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.NatsOutage;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.upkeep.IncidentIndex;
import io.xtribe.fusionhub.upkeep.PlatformPauses;
import io.xtribe.fusionhub.work.WorkQueue;

/**
 * Starts the routes that need NATS once NATS is there, however long that takes. Until then the hub is up, answers 503
 * at its webhook endpoint, is not ready, and says now and then what it waits for.
 */
@ApplicationScoped
class HubStartup {

    private static final Logger LOG = Logger.getLogger(HubStartup.class);
    private static final String GROUP = "nats";
    static final long RETRY_SECONDS = 2;

    private final NatsLink nats;
    private final NatsOutage outage;
    private final Provisioning provisioning;
    private final IncidentIndex index;
    private final PlatformPauses pauses;
    private final WorkQueue queue;
    private final CamelContext camel;
    private final Platforms platforms;
    private final FusionConfig config;
    private final RunMode mode;
    private Thread thread;
    private final BeginTrouble trouble = new BeginTrouble();

    HubStartup(
            NatsLink nats,
            NatsOutage outage,
            Provisioning provisioning,
            IncidentIndex index,
            PlatformPauses pauses,
            WorkQueue queue,
            CamelContext camel,
            Platforms platforms,
            FusionConfig config,
            RunMode mode) {
        this.mode = mode;
        this.nats = nats;
        this.outage = outage;
        this.provisioning = provisioning;
        this.index = index;
        this.pauses = pauses;
        this.queue = queue;
        this.camel = camel;
        this.platforms = platforms;
        this.config = config;
    }

    /** Of a hub and of a job: no platform is called before it is known which are paused. */
    void starting(@Observes BeforeStart event) {
        pauses.unknown();
    }

    void started(@Observes AfterStart event) {
        if (!mode.isHub()) {
            return;
        }
        thread = new Thread(this::bringUp, "hub-startup");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Runs before Camel stops its routes, so that they only finish what they have begun. IF_EXISTS: where the start has
     * failed there is no bean of this class, and none is made, since a wrong configuration may not even let one be made.
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
            pauses.begin();
            // Each does nothing where it watches already.
            index.watch();
            queue.watch();
            startRoutes();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            say(e);
            return false;
        }
        outage.back();
        var names = platforms.all().stream().map(Platform::name).toList();
        LOG.infof("Fusion Hub is up, mode %s, platforms %s", config.mode(), names);
        return true;
    }

    private void say(Exception failure) {
        if (nats.isConnected()) {
            outage.back();
            trouble.say(failure);
        } else {
            LOG.debug("Not yet", failure);
            outage.away(BeginTrouble.reason(failure));
        }
    }

    private void startRoutes() throws Exception {
        List<String> ids = camel.getRoutes().stream()
                .filter(route -> GROUP.equals(route.getGroup()))
                .map(Route::getRouteId)
                .toList();
        for (var id : ids) {
            camel.getRouteController().startRoute(id);
        }
    }
}
