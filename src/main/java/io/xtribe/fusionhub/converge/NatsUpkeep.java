package io.xtribe.fusionhub.converge;

import java.io.IOException;

import io.nats.client.JetStreamApiException;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.Provisioning;

/** Looks after what the hub needs on NATS while it runs: made again, or said, and watched again where it is a new one. */
@Singleton
@Named("natsUpkeep")
public class NatsUpkeep {

    private static final Logger LOG = Logger.getLogger(NatsUpkeep.class);

    private final NatsLink nats;
    private final Provisioning provisioning;
    private final IncidentIndex index;
    private final WorkDesk desk;

    public NatsUpkeep(NatsLink nats, Provisioning provisioning, IncidentIndex index, WorkDesk desk) {
        this.nats = nats;
        this.provisioning = provisioning;
        this.index = index;
        this.desk = desk;
    }

    /** One round. While NATS is away there is nothing to look after, and others say so. */
    public void look() throws InterruptedException {
        if (!nats.isConnected()) {
            return;
        }
        try {
            provisioning.lookAfter();
            index.watch();
            desk.watch();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // A bucket that is still missing cannot be watched either; what is missing was said.
            LOG.debug("Left to the next round", e);
        }
    }
}
