package io.xtribe.fusionhub.upkeep;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.NotPossibleException;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Bucket;
import io.xtribe.fusionhub.nats.BucketEntry;
import io.xtribe.fusionhub.nats.BucketWatch;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.OperatorPause;
import io.xtribe.fusionhub.platform.availability.PlatformStatus;

/**
 * Platforms that an operator has paused: kept in {@code fusion-refs} under {@code pause.<platform>}, so that a pause holds for every hub
 * and job of one NATS, and over their restarts. That a platform refuses our credentials is not kept: each process finds it out.
 */
@Singleton
public class PlatformPauses {

    private static final Logger LOG = Logger.getLogger(PlatformPauses.class);
    private static final String PREFIX = "pause.";
    private static final int KNOWN_WITHIN_SECONDS = 5;

    private final NatsLink nats;
    private final Availability availability;
    private final BucketWatch watch;
    private final CountDownLatch known = new CountDownLatch(1);
    /** Of what was taken in last, by platform: the watch may tell late what this hub has done itself. */
    private final Map<String, Long> revisions = new HashMap<>();

    private final Set<String> listed = new TreeSet<>();

    public PlatformPauses(NatsLink nats, Availability availability) {
        this.nats = nats;
        this.availability = availability;
        this.watch = new BucketWatch(nats, Names.REFS_BUCKET, PREFIX + ">", new BucketWatch.Observer() {
            @Override
            public void forget() {
                PlatformPauses.this.forget();
            }

            @Override
            public void seen(BucketEntry entry) {
                PlatformPauses.this.seen(entry);
            }

            @Override
            public void complete() {
                PlatformPauses.this.complete();
            }
        });
    }

    /** This process has just begun: platforms are not called before {@link #begin} has told which are paused. */
    public void unknown() {
        availability.pausesUnknown();
    }

    /**
     * Watches which platforms are paused, and returns once that is known.
     *
     * @throws IOException when NATS does not answer
     */
    public void begin() throws IOException, InterruptedException {
        watch();
        if (!known.await(KNOWN_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("NATS does not tell which platforms are paused");
        }
    }

    /** Watches again where the bucket is another one by now. */
    public void watch() throws IOException, InterruptedException {
        watch.ensure();
    }

    /**
     * Pauses a platform: when this returns, for this hub; for the others as soon as they hear of it.
     *
     * @throws NotPossibleException when it is paused by hand already
     * @throws StoreUnavailableException when NATS is away
     */
    public void pause(String platform, String by, String reason) {
        var pause = new OperatorPause(by, reason, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        var made = bucket().create(PREFIX + platform, IncidentJson.write(pause));
        if (made.isEmpty()) {
            var other = bucket().find(PREFIX + platform).map(PlatformPauses::read);
            throw new NotPossibleException(
                    platform + " is " + other.orElse(pause).words() + ", already");
        }
        take(platform, made.getAsLong(), pause);
    }

    /**
     * Resumes a platform that was paused by hand.
     *
     * @param by who asks for it, for the log
     * @throws NotPossibleException when it is not
     * @throws StoreUnavailableException when NATS is away
     */
    public void resume(String platform, String by, String reason) {
        var entry = bucket().find(PREFIX + platform)
                .filter(found -> bucket().delete(found.key(), found.revision()))
                .orElseThrow(() -> new NotPossibleException(platform + " is not paused by hand"
                        + (availability.of(platform).isPaused()
                                ? ": it refuses our account, and goes on when its probe is answered"
                                : "")));
        LOG.infof("%s is resumed by %s%s", platform, by, reason.isEmpty() ? "" : ": " + reason);
        take(platform, entry.revision(), null);
    }

    private synchronized void forget() {
        revisions.clear();
        listed.clear();
    }

    private synchronized void seen(BucketEntry entry) {
        var platform = entry.key().substring(PREFIX.length());
        if (entry.isPresent()) {
            listed.add(platform);
        }
        if (entry.revision() > revisions.getOrDefault(platform, 0L)) {
            take(platform, entry.revision(), entry.isPresent() ? read(entry) : null);
        }
    }

    /** What was paused and is in no bucket any more, is not. */
    private synchronized void complete() {
        availability.status().stream()
                .filter(status -> status.pausedBy() != null)
                .map(PlatformStatus::platform)
                .filter(platform -> !listed.contains(platform) && !revisions.containsKey(platform))
                .forEach(availability::resume);
        known.countDown();
        availability.pausesKnown();
    }

    private synchronized void take(String platform, long revision, OperatorPause pause) {
        if (revision < revisions.getOrDefault(platform, 0L) || !availability.has(platform)) {
            return;
        }
        revisions.put(platform, revision);
        if (pause == null) {
            availability.resume(platform);
        } else {
            availability.pause(platform, pause);
        }
    }

    private static OperatorPause read(BucketEntry entry) {
        return IncidentJson.read(entry.value(), OperatorPause.class);
    }

    private Bucket bucket() {
        return nats.bucket(Names.REFS_BUCKET);
    }
}
