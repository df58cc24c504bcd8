package io.xtribe.fusionhub.nats;

import java.time.Duration;
import java.util.List;

import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;

/** What the hub needs on NATS, as it makes it: streams, buckets, and the consumer of the intake. */
final class Layout {

    /** Dead letters that unauthenticated senders cause are all under one subject, so that they take only a part of the stream. */
    private static final int LETTERS_PER_SUBJECT = 20_000;
    /** Size of a letter of an unauthenticated sender, of whose body 1,024 bytes are kept at most. */
    private static final int STRANGERS_LETTER_BYTES = 2_048;

    /** Some hundred thousand entries. */
    private static final long AUDIT_BYTES = 64L * 1024 * 1024;

    static final long LETTERS_BYTES = 512L * 1024 * 1024;

    private final int replicas;

    Layout(int replicas) {
        this.replicas = replicas;
    }

    List<StreamConfiguration> streams() {
        return List.of(
                stream(Names.SIGNALS, Names.signals(">"), Duration.ofDays(7))
                        .discardPolicy(DiscardPolicy.New)
                        .duplicateWindow(Duration.ofMinutes(10))
                        .build(),
                stream(Names.DEAD_LETTERS, Names.deadLetters(">"), Duration.ofDays(30))
                        .discardPolicy(DiscardPolicy.Old)
                        .duplicateWindow(Duration.ofMinutes(10))
                        .maxMessagesPerSubject(lettersPerSubject(LETTERS_BYTES))
                        .maxBytes(LETTERS_BYTES)
                        .build(),
                stream(Names.TIMELINE, Names.timeline("*"), Duration.ofDays(90))
                        .maxMessagesPerSubject(1000)
                        .build(),
                stream(Names.EVENTS, Names.event("*"), Duration.ofDays(30)).build(),
                stream(Names.AUDIT, Names.AUDIT_SUBJECT, Duration.ofDays(365))
                        .discardPolicy(DiscardPolicy.Old)
                        .maxBytes(AUDIT_BYTES)
                        .build());
    }

    /** The same stream for less storage: the letters of unauthenticated senders still fill no more than a quarter of it. */
    static StreamConfiguration smaller(StreamConfiguration stream, long bytes) {
        return StreamConfiguration.builder(stream)
                .maxBytes(bytes)
                .maxMessagesPerSubject(lettersPerSubject(bytes))
                .build();
    }

    private static long lettersPerSubject(long bytes) {
        return Math.min(LETTERS_PER_SUBJECT, bytes / 4 / STRANGERS_LETTER_BYTES);
    }

    private StreamConfiguration.Builder stream(String name, String subject, Duration age) {
        return StreamConfiguration.builder()
                .name(name)
                .subjects(subject)
                .storageType(StorageType.File)
                .replicas(replicas)
                .maxAge(age);
    }

    List<KeyValueConfiguration> buckets() {
        return List.of(
                bucket(Names.INCIDENTS_BUCKET, 5),
                bucket(Names.REFS_BUCKET, 1),
                bucket(Names.WORK_BUCKET, 1),
                bucket(Names.JOBS_BUCKET, 1));
    }

    private KeyValueConfiguration bucket(String name, int history) {
        return KeyValueConfiguration.builder()
                .name(name)
                .maxHistoryPerKey(history)
                .storageType(StorageType.File)
                .replicas(replicas)
                .build();
    }

    /** JetStream pushes to a plain subject, camel-nats listens there, the route acknowledges: docs/adr/0002. */
    ConsumerConfiguration intake() {
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

    /** The same, for a stream from which everything before that message was acknowledged. */
    ConsumerConfiguration intakeFrom(long sequence) {
        return ConsumerConfiguration.builder(intake())
                .deliverPolicy(DeliverPolicy.ByStartSequence)
                .startSequence(sequence)
                .build();
    }
}
