package io.xtribe.fusionhub.converge;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.nats.HubMembers;
import io.xtribe.fusionhub.platform.availability.Availability;

/** Looks several times a second whose turn has come to call a platform, on a thread of its own. */
@Singleton
public class AvailabilityTimer {

    private static final Logger LOG = Logger.getLogger(AvailabilityTimer.class);
    private static final long PERIOD_MILLIS = 100;

    private final Availability availability;
    private final HubMembers members;
    private final ScheduledExecutorService timer;

    public AvailabilityTimer(Availability availability, HubMembers members) {
        this.availability = availability;
        this.members = members;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "availability");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        timer.scheduleWithFixedDelay(this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whatever happens, the next look comes: else nothing that waits would ever be done. */
    private void look() {
        try {
            members.beat();
            availability.look();
        } catch (RuntimeException e) {
            LOG.warn("Cannot look whose turn it is to call a platform", e);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
