package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.ZonedDateTime;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;

/** Watches a bucket, and its successor after it was deleted and made anew: the old watch would see nothing of that. */
public final class BucketWatch {

    private final NatsLink nats;
    private final String bucket;
    private final Runnable forget;
    private final KeyValueWatcher watcher;
    private NatsKeyValueWatchSubscription subscription;
    private ZonedDateTime made;

    /**
     * A watch, not yet begun.
     *
     * @param forget what to do before a bucket is watched: nothing is known of it yet
     */
    public BucketWatch(NatsLink nats, String bucket, Runnable forget, KeyValueWatcher watcher) {
        this.nats = nats;
        this.bucket = bucket;
        this.forget = forget;
        this.watcher = watcher;
    }

    /** Begins, unless this very bucket is watched already. Returns whether another one was watched before. */
    public synchronized boolean ensure() throws IOException, JetStreamApiException, InterruptedException {
        var found = nats.management().getStreamInfo("KV_" + bucket).getCreateTime();
        if (subscription != null && found.equals(made)) {
            return false;
        }
        var isAnother = made != null;
        if (subscription != null) {
            subscription.unsubscribe();
            subscription = null;
        }
        forget.run();
        subscription = nats.bucket(bucket).watchAll(watcher);
        // Where it was made anew since it was looked at, the next call watches once more.
        made = found;
        return isAnother;
    }
}
