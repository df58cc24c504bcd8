package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.End;
import io.xtribe.fusionhub.incident.EndStore;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.StoreUnavailableException;

/**
 * Ends in the bucket {@code fusion-refs}, under {@code ended.<correlation id>}. The bucket forgets nothing by itself: what is
 * older than a day, by the server's time stamp, counts as absent, and housekeeping removes it.
 */
@Singleton
public class KvEndStore implements EndStore {

    private static final Duration KEPT = Duration.ofHours(24);
    private static final String PREFIX = "ended.";
    /** Others may write the same key at the same moment, few and seldom. */
    private static final int TRIES = 20;

    private final NatsLink nats;
    private final InstantSource clock;

    public KvEndStore(NatsLink nats, InstantSource clock) {
        this.nats = nats;
        this.clock = clock;
    }

    @Override
    public Optional<End> find(String id) {
        return bucket().find(PREFIX + id).filter(this::isFresh).map(KvEndStore::end);
    }

    @Override
    public void remember(String id, End end) {
        var key = PREFIX + id;
        var value = IncidentJson.write(end);
        for (int tries = 0; tries < TRIES; tries++) {
            var known = bucket().find(key);
            if (known.isPresent() && isFresh(known.get()) && !end.replaces(end(known.get()))) {
                return;
            }
            var written = known.isEmpty()
                    ? bucket().create(key, value)
                    : bucket().update(key, value, known.get().revision());
            if (written.isPresent()) {
                return;
            }
        }
        throw new StoreUnavailableException(
                "the end of " + id + " was written by others " + TRIES + " times in a row", null);
    }

    /** Removes what is too old to count; returns how many. */
    public int forgetOld() {
        var forgotten = 0;
        for (var key : bucket().keys(PREFIX + ">")) {
            var entry = bucket().find(key);
            if (entry.isPresent()
                    && !isFresh(entry.get())
                    && bucket().delete(key, entry.get().revision())) {
                forgotten++;
            }
        }
        return forgotten;
    }

    private boolean isFresh(BucketEntry entry) {
        return entry.storedAt().isAfter(clock.instant().minus(KEPT));
    }

    private static End end(BucketEntry entry) {
        return IncidentJson.read(entry.value(), End.class);
    }

    private Bucket bucket() {
        return nats.bucket(Names.REFS_BUCKET);
    }
}
