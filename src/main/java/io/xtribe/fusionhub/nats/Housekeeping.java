package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueEntry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/**
 * Removes incidents that were closed long ago, with their references, and purges what deletes leave behind. Every hub
 * may call it at any time: whoever renews the turn first does the work, the others pass.
 */
@Singleton
@Named("housekeeping")
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    /** A replayed signal still finds its incident for this long. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String TURN = "housekeeping";

    private final NatsLink nats;
    private final KvReferenceStore references;
    private final HubId hub;
    private final InstantSource clock;
    private long turnSeen = -1;

    public Housekeeping(NatsLink nats, KvReferenceStore references, HubId hub, InstantSource clock) {
        this.nats = nats;
        this.references = references;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * One round, if it is this hub's turn: no other hub has taken one since it last looked.
     *
     * @throws StoreUnavailableException when NATS is away; what is left is left to the next round
     */
    public void run() throws InterruptedException {
        try {
            if (takeTurn()) {
                removeLongClosed();
            }
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("NATS is away", e);
        }
    }

    private void removeLongClosed() throws IOException, JetStreamApiException, InterruptedException {
        var incidents = nats.bucket(Names.INCIDENTS_BUCKET);
        var removed = 0;
        for (var id : incidents.keys()) {
            if (removeIfLongClosed(incidents, id)) {
                removed++;
            }
        }
        for (var bucket : List.of(Names.INCIDENTS_BUCKET, Names.REFS_BUCKET, Names.WORK_BUCKET)) {
            nats.bucket(bucket).purgeDeletes();
        }
        LOG.infof("Housekeeping: %d incidents closed over %d days ago were removed", removed, KEPT.toDays());
    }

    private boolean takeTurn() throws IOException, JetStreamApiException {
        var bucket = nats.bucket(Names.REFS_BUCKET);
        var turn = bucket.get(TURN);
        var revision = turn == null ? 0 : turn.getRevision();
        if (turnSeen != -1 && revision != turnSeen) {
            turnSeen = revision;
            return false;
        }
        var mine = hub.toString().getBytes(StandardCharsets.UTF_8);
        var taken = Kv.unlessConflict(
                () -> turn == null ? bucket.create(TURN, mine) : bucket.update(TURN, mine, turn.getRevision()));
        turnSeen = taken.orElse(revision);
        return taken.isPresent();
    }

    private boolean removeIfLongClosed(KeyValue incidents, String id) throws IOException, JetStreamApiException {
        KeyValueEntry entry = incidents.get(id);
        if (entry == null
                || entry.getCreated().toInstant().isAfter(clock.instant().minus(KEPT))) {
            return false;
        }
        var incident = IncidentJson.read(entry.getValue(), Incident.class);
        if (incident.status() != Status.RESOLVED || !incident.isSettled()) {
            return false;
        }
        // The record last: a crash in between leaves a record whose references are made again by its next signal.
        incident.platforms()
                .forEach((platform, parts) -> parts.forEach((name, part) -> {
                    if (part.isOpened()) {
                        references.forget(platform, name, part.reference().id());
                    }
                }));
        return Kv.unlessConflict(() -> {
                    incidents.delete(id, entry.getRevision());
                    return 0;
                })
                .isPresent();
    }
}
