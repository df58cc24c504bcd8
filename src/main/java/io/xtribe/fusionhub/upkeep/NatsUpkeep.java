package io.xtribe.fusionhub.upkeep;

import java.io.IOException;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.CoalescingIncidents;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.work.WorkQueue;
import io.xtribe.fusionhub.work.WorkSet;

/**
 * Checks while the hub runs whether its streams, buckets and consumer are still there on NATS. What is missing is made
 * again, or with {@code fusion.nats.manage=verify} only logged. A bucket that was deleted and made again is watched from its
 * beginning, and what was cached of the old one is dropped. After the work set was made again, every incident that is
 * not settled is entered into it.
 */
@Singleton
@Named("natsUpkeep")
public class NatsUpkeep {

    private static final Logger LOG = Logger.getLogger(NatsUpkeep.class);

    private final NatsLink nats;
    private final Provisioning provisioning;
    private final CoalescingIncidents recent;
    private final IncidentIndex index;
    private final PlatformPauses pauses;
    private final WorkSet work;
    private final WorkQueue queue;

    public NatsUpkeep(
            NatsLink nats,
            Provisioning provisioning,
            CoalescingIncidents recent,
            IncidentIndex index,
            PlatformPauses pauses,
            WorkSet work,
            WorkQueue queue) {
        this.nats = nats;
        this.provisioning = provisioning;
        this.recent = recent;
        this.work = work;
        this.index = index;
        this.pauses = pauses;
        this.queue = queue;
    }

    /** One round. Does nothing while NATS is away, which is logged elsewhere. */
    public void look() throws InterruptedException {
        if (!nats.isConnected()) {
            return;
        }
        try {
            provisioning.lookAfter();
            pauses.watch();
            if (index.watch()) {
                recent.forget();
            }
            if (queue.watch()) {
                index.rows().stream().filter(row -> !row.settled()).forEach(row -> work.mark(row.id(), row.lane()));
            }
        } catch (IOException | IllegalStateException | StoreUnavailableException e) {
            // A bucket that is still missing cannot be watched either; what is missing was said.
            LOG.debug("Left to the next round", e);
        }
    }
}
