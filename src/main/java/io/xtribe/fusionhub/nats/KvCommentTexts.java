package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.CommentTexts;
import io.xtribe.fusionhub.incident.IncidentJson;

/**
 * Texts of comments in the bucket {@code fusion-refs}, under {@code comment.<correlation id>.<key>}. What is older than 30 days,
 * by the server's time stamp, is removed by housekeeping.
 */
@Singleton
public class KvCommentTexts implements CommentTexts {

    private static final Duration KEPT = Duration.ofDays(30);
    private static final String PREFIX = "comment.";

    private final NatsLink nats;
    private final InstantSource clock;

    public KvCommentTexts(NatsLink nats, InstantSource clock) {
        this.nats = nats;
        this.clock = clock;
    }

    @Override
    public void keep(String incidentId, String key, Words words) {
        // One that is there already has the same words.
        bucket().create(name(incidentId, key), IncidentJson.write(words));
    }

    @Override
    public Optional<Words> find(String incidentId, String key) {
        return bucket().find(name(incidentId, key)).map(entry -> IncidentJson.read(entry.value(), Words.class));
    }

    /** Removes what is too old; returns how many. */
    public int forgetOld() {
        var forgotten = 0;
        for (var name : bucket().keys(PREFIX + ">")) {
            var entry = bucket().find(name);
            if (entry.isPresent()
                    && entry.get().storedAt().isBefore(clock.instant().minus(KEPT))
                    && bucket().delete(name, entry.get().revision())) {
                forgotten++;
            }
        }
        return forgotten;
    }

    private Bucket bucket() {
        return nats.bucket(Names.REFS_BUCKET);
    }

    private static String name(String incidentId, String key) {
        return PREFIX + incidentId + "." + key;
    }
}
