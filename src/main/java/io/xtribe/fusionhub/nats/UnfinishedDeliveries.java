package io.xtribe.fusionhub.nats;

import java.nio.charset.StandardCharsets;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.incident.StoreUnavailableException;

/**
 * Counts the deliveries of a signal that began and had no outcome, because the process ended meanwhile. The count is kept in
 * {@code fusion-refs} and outlives the process. A delivery that failed and was given back is not counted, so that a signal
 * may be redelivered for hours while its store does not answer.
 */
@Singleton
public class UnfinishedDeliveries {

    /** Deliveries are counted from this one on; the first ones cost no write. */
    private static final int FROM = 4;

    private static final Logger LOG = Logger.getLogger(UnfinishedDeliveries.class);

    private final NatsLink nats;

    public UnfinishedDeliveries(NatsLink nats) {
        this.nats = nats;
    }

    /**
     * A delivery begins. Returns how many before it had no outcome, the first ones left out.
     *
     * @throws StoreUnavailableException when NATS is away
     */
    public int begin(Delivery delivery) {
        if (delivery.count() < FROM) {
            return 0;
        }
        var key = key(delivery);
        var before = nats.bucket(Names.REFS_BUCKET)
                .find(key)
                .map(entry -> Integer.parseInt(entry.text()))
                .orElse(0);
        var now = Integer.toString(before + 1).getBytes(StandardCharsets.US_ASCII);
        nats.bucket(Names.REFS_BUCKET).put(key, now);
        return before;
    }

    /** It ended: the signal was acknowledged or given back. */
    public void end(Delivery delivery) {
        if (delivery.count() >= FROM) {
            try {
                nats.bucket(Names.REFS_BUCKET).purge(key(delivery));
            } catch (StoreUnavailableException e) {
                LOG.debugf(e, "The deliveries of signal %d stay counted", delivery.sequence());
            }
        }
    }

    /** With the time, since sequences begin anew where the stream is made anew. */
    private static String key(Delivery delivery) {
        return "unfinished." + delivery.sequence() + "." + delivery.storedAt();
    }
}
