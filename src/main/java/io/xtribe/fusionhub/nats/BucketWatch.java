package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.ZonedDateTime;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;

/** Watches a bucket, or some keys of it. After the bucket was deleted and created again, watches the new one: the old watch would get no more. */
public final class BucketWatch {

    /** Receives what happens in a bucket; called by one thread at a time. */
    public interface Observer {

        /** All that was seen so far is out of date: the bucket is about to be watched from its beginning. */
        void forget();

        /** A key was written or deleted, or existed when the watch began. */
        void seen(BucketEntry entry);

        /** All keys that existed when the watch began have been seen. */
        void complete();
    }

    private final NatsLink nats;
    private final String bucket;
    private final String keys;
    private final Observer observer;
    private NatsKeyValueWatchSubscription subscription;
    private ZonedDateTime made;

    /** A watch of all keys, not yet begun. */
    public BucketWatch(NatsLink nats, String bucket, Observer observer) {
        this(nats, bucket, ">", observer);
    }

    /** The same of the keys that fit a filter such as {@code pause.>}. */
    public BucketWatch(NatsLink nats, String bucket, String keys, Observer observer) {
        this.nats = nats;
        this.bucket = bucket;
        this.keys = keys;
        this.observer = observer;
    }

    /**
     * Begins, unless this very bucket is watched already. Returns whether another one was watched before.
     *
     * @throws IOException when NATS does not answer, or has no such bucket
     */
    public synchronized boolean ensure() throws IOException, InterruptedException {
        try {
            return watch();
        } catch (JetStreamApiException e) {
            throw new RefusedByNatsException("cannot watch " + bucket, e);
        }
    }

    private boolean watch() throws IOException, JetStreamApiException, InterruptedException {
        var found = nats.management().getStreamInfo("KV_" + bucket).getCreateTime();
        if (subscription != null && found.equals(made)) {
            return false;
        }
        var isAnother = made != null;
        if (subscription != null) {
            subscription.unsubscribe();
            subscription = null;
        }
        observer.forget();
        subscription = nats.keyValue(bucket).watch(keys, watcher());
        // Where it was created again in between, the next call watches it once more.
        made = found;
        return isAnother;
    }

    private KeyValueWatcher watcher() {
        return new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                observer.seen(BucketEntry.of(entry));
            }

            @Override
            public void endOfData() {
                observer.complete();
            }
        };
    }
}
