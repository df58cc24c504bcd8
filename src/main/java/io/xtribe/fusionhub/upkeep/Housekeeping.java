package io.xtribe.fusionhub.upkeep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.HubId;
import io.xtribe.fusionhub.nats.KvCommentTexts;
import io.xtribe.fusionhub.nats.KvEndStore;
import io.xtribe.fusionhub.nats.KvReferenceStore;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/**
 * Removes incidents that were closed long ago, with their references, and ends that are over a day old, and purges the
 * markers of deleted keys. Every hub may call it at any time: the first hub to renew the lease of the turn does the work, the others do nothing.
 *
 * <p>The incidents are found in the index. A server that lists 100,000 keys, or searches that many for delete markers, may
 * answer no other request for seconds, and no incident is paged meanwhile.
 */
@Singleton
@Named("housekeeping")
public class Housekeeping {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);
    /** A replayed signal still finds its incident for this long. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final String TURN = "housekeeping";

    private final NatsLink nats;
    private final IncidentIndex index;
    private final KvReferenceStore references;
    private final KvEndStore ends;
    private final KvCommentTexts comments;
    private final HubId hub;
    private final InstantSource clock;
    private long turnSeen = -1;

    public Housekeeping(
            NatsLink nats,
            IncidentIndex index,
            KvReferenceStore references,
            KvEndStore ends,
            KvCommentTexts comments,
            HubId hub,
            InstantSource clock) {
        this.nats = nats;
        this.index = index;
        this.references = references;
        this.ends = ends;
        this.comments = comments;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * One round, if it is this hub's turn: no other hub has taken one since it last looked.
     *
     * @throws StoreUnavailableException when NATS is away; the next round does the rest
     */
    public void run() {
        if (takeTurn()) {
            removeLongClosed();
        }
    }

    private void removeLongClosed() {
        var incidents = nats.bucket(Names.INCIDENTS_BUCKET);
        var removed = 0;
        for (var row : index.rows()) {
            if (row.settled()
                    && row.status() == Status.RESOLVED
                    && isLongAgo(row.changedAt())
                    && removeIfLongClosed(incidents, row.id())) {
                removed++;
            }
        }
        // Every incident leaves a delete marker here; the entries themselves are only as many as incidents under work.
        nats.bucket(Names.WORK_BUCKET).purgeDeletes();
        var forgotten = ends.forgetOld() + comments.forgetOld();
        if (removed > 0) {
            incidents.purgeDeletes();
        }
        if (removed > 0 || forgotten > 0) {
            nats.bucket(Names.REFS_BUCKET).purgeDeletes();
        }
        LOG.infof("Housekeeping: %d incidents closed over %d days ago were removed", removed, KEPT.toDays());
    }

    private boolean isLongAgo(Instant moment) {
        return moment.isBefore(clock.instant().minus(KEPT));
    }

    private boolean takeTurn() {
        var bucket = nats.bucket(Names.REFS_BUCKET);
        var turn = bucket.find(TURN);
        var revision = turn.map(BucketEntry::revision).orElse(0L);
        if (turnSeen != -1 && revision != turnSeen) {
            turnSeen = revision;
            return false;
        }
        var mine = hub.toString().getBytes(StandardCharsets.UTF_8);
        var taken = turn.isEmpty() ? bucket.create(TURN, mine) : bucket.update(TURN, mine, revision);
        turnSeen = taken.orElse(revision);
        return taken.isPresent();
    }

    private boolean removeIfLongClosed(Bucket incidents, String id) {
        var found = incidents.find(id);
        if (found.isEmpty() || !isLongAgo(found.get().storedAt())) {
            return false;
        }
        var incident = IncidentJson.read(found.get().value(), Incident.class);
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
        return incidents.delete(id, found.get().revision());
    }
}
