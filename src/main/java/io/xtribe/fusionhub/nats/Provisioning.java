package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.FusionConfig;
import io.xtribe.fusionhub.FusionConfig.Nats.Manage;

/**
 * Makes streams, buckets and the intake consumer, or only checks that they are there. What exists is left as it is.
 */
@Singleton
public class Provisioning {

    private static final Logger LOG = Logger.getLogger(Provisioning.class);
    private static final int NOT_FOUND = 404;

    private final NatsLink nats;
    private final FusionConfig.Nats config;

    @Inject
    Provisioning(NatsLink nats, FusionConfig config) {
        this(nats, config.nats());
    }

    public Provisioning(NatsLink nats, FusionConfig.Nats config) {
        this.nats = nats;
        this.config = config;
    }

    /**
     * Sees to everything the hub needs on NATS.
     *
     * @throws IllegalStateException in {@code verify} mode when something is missing; names all of it
     */
    public void ensure() throws IOException, JetStreamApiException {
        var management = nats.management();
        var buckets = nats.connection().keyValueManagement();
        var missing = new ArrayList<String>();
        for (var stream : streams()) {
            if (!hasStream(management, stream.getName())) {
                if (config.manage() == Manage.CREATE) {
                    management.addStream(stream);
                    LOG.infof("Created stream %s", stream.getName());
                } else {
                    missing.add("stream " + stream.getName() + " on " + stream.getSubjects());
                }
            }
        }
        for (var bucket : buckets()) {
            if (!hasBucket(buckets, bucket.getBucketName())) {
                if (config.manage() == Manage.CREATE) {
                    buckets.create(bucket);
                    LOG.infof("Created bucket %s", bucket.getBucketName());
                } else {
                    missing.add("bucket " + bucket.getBucketName());
                }
            }
        }
        if (!hasConsumer(management)) {
            if (config.manage() == Manage.CREATE) {
                management.addOrUpdateConsumer(Names.SIGNALS, intake());
                LOG.infof("Created consumer %s", Names.INTAKE_CONSUMER);
            } else {
                missing.add("consumer " + Names.INTAKE_CONSUMER + " on " + Names.SIGNALS);
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("missing on NATS: " + String.join(", ", missing)
                    + "; create them, or set fusion.nats.manage=create");
        }
    }

    /** Whether everything is there and the intake consumer is bound to a hub. */
    public boolean isIntakeBound() {
        try {
            var info = nats.management().getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER);
            return info.isPushBound();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return false;
        }
    }

    private List<StreamConfiguration> streams() {
        return List.of(
                stream(Names.SIGNALS, Names.signals(">"), Duration.ofDays(7))
                        .discardPolicy(DiscardPolicy.New)
                        .duplicateWindow(Duration.ofMinutes(10))
                        .build(),
                stream(Names.DEAD_LETTERS, Names.deadLetters(">"), Duration.ofDays(30))
                        .build(),
                stream(Names.TIMELINE, Names.timeline("*"), Duration.ofDays(90))
                        .maxMessagesPerSubject(1000)
                        .build(),
                stream(Names.EVENTS, Names.event("*"), Duration.ofDays(30)).build());
    }

    private StreamConfiguration.Builder stream(String name, String subject, Duration age) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subject)
                .storageType(StorageType.File)
                .replicas(config.replicas())
                .maxAge(age);
    }

    private List<KeyValueConfiguration> buckets() {
        return List.of(bucket(Names.INCIDENTS_BUCKET, 5), bucket(Names.REFS_BUCKET, 1), bucket(Names.WORK_BUCKET, 1));
    }

    private KeyValueConfiguration bucket(String name, int history) {
        return KeyValueConfiguration.builder()
                .name(name)
                .maxHistoryPerKey(history)
                .storageType(StorageType.File)
                .replicas(config.replicas())
                .build();
    }

    /** JetStream pushes to a plain subject, camel-nats listens there, the route acknowledges: docs/adr/0002. */
    private static ConsumerConfiguration intake() {
        return ConsumerConfiguration.builder()
                .durable(Names.INTAKE_CONSUMER)
                .deliverSubject(Names.INTAKE_SUBJECT)
                .deliverGroup(Names.INTAKE_CONSUMER)
                .filterSubject(Names.signals(">"))
                .ackPolicy(AckPolicy.Explicit)
                .ackWait(Duration.ofSeconds(15))
                .maxDeliver(-1)
                .maxAckPending(256)
                .build();
    }

    private static boolean hasStream(JetStreamManagement management, String name)
            throws IOException, JetStreamApiException {
        try {
            management.getStreamInfo(name);
            return true;
        } catch (JetStreamApiException e) {
            return absent(e);
        }
    }

    private static boolean hasBucket(KeyValueManagement management, String name)
            throws IOException, JetStreamApiException {
        try {
            management.getStatus(name);
            return true;
        } catch (JetStreamApiException e) {
            return absent(e);
        }
    }

    private static boolean hasConsumer(JetStreamManagement management) throws IOException, JetStreamApiException {
        try {
            management.getConsumerInfo(Names.SIGNALS, Names.INTAKE_CONSUMER);
            return true;
        } catch (JetStreamApiException e) {
            return absent(e);
        }
    }

    private static boolean absent(JetStreamApiException e) throws JetStreamApiException {
        if (e.getErrorCode() == NOT_FOUND) {
            return false;
        }
        throw e;
    }
}
