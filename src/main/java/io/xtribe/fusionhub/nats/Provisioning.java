package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.StreamConfiguration;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.config.FusionConfig.Nats.Manage;

/**
 * Makes streams, buckets and the intake consumer, or only checks that they are there; at start, and again while the hub
 * runs. What exists is not changed, except for a setting of the consumer that stops its deliveries.
 */
@Singleton
public class Provisioning {

    static final int NOT_FOUND = 404;

    private static final Logger LOG = Logger.getLogger(Provisioning.class);
    private static final long LEAST_LETTERS_BYTES = 8L * 1024 * 1024;
    private static final int SMALLER = 4;
    /** The server's or the account's storage does not hold as much as a stream reserves. */
    private static final Set<Integer> NO_ROOM = Set.of(10002, 10023, 10047, 10122);

    @FunctionalInterface
    private interface Change {
        void run() throws IOException, JetStreamApiException;
    }

    /** Something that is not as the hub needs it, and how that is changed. */
    private record Gap(String what, boolean isAbsent, Change change) {}

    private final NatsLink nats;
    private final Manage manage;
    private final Layout layout;
    private final IntakeConsumer consumer;
    private volatile List<String> missing = List.of();

    @Inject
    Provisioning(NatsLink nats, FusionConfig config, MeterRegistry metrics) {
        this(nats, config.nats());
        NatsMetrics.register(nats, this, metrics);
    }

    public Provisioning(NatsLink nats, FusionConfig.Nats config) {
        this.nats = nats;
        this.manage = config.manage();
        this.layout = new Layout(config.replicas());
        this.consumer = new IntakeConsumer(layout);
    }

    /**
     * Makes or checks everything that the hub needs on NATS, before it starts.
     *
     * @throws IOException when NATS does not answer, or refuses
     * @throws IllegalStateException in {@code verify} mode when something is missing; the message names all of it
     */
    public synchronized void ensure() throws IOException {
        try {
            makeAll();
        } catch (JetStreamApiException e) {
            throw new RefusedByNatsException("cannot make what the hub needs", e);
        }
    }

    private void makeAll() throws IOException, JetStreamApiException {
        var gaps = gaps();
        if (manage == Manage.VERIFY && !gaps.isEmpty()) {
            throw new IllegalStateException(said(gaps));
        }
        for (var gap : gaps) {
            gap.change().run();
            LOG.infof(gap.isAbsent() ? "Made on NATS: %s" : "Corrected on NATS, it was: %s", gap.what());
        }
    }

    /**
     * The same under a running hub: makes again what is gone, or says once what is missing.
     *
     * @throws IOException when NATS does not answer
     */
    public synchronized void lookAfter() throws IOException {
        try {
            repairAll();
        } catch (JetStreamApiException e) {
            throw new RefusedByNatsException("cannot look after what the hub needs", e);
        }
    }

    private void repairAll() throws IOException, JetStreamApiException {
        var gaps = gaps();
        var left = new ArrayList<Gap>();
        for (var gap : gaps) {
            if (manage == Manage.VERIFY) {
                left.add(gap);
                continue;
            }
            try {
                gap.change().run();
                LOG.warnf(
                        gap.isAbsent() ? "Was missing on NATS and is made again: %s" : "Corrected on NATS, it was: %s",
                        gap.what());
            } catch (JetStreamApiException | IllegalStateException e) {
                LOG.debugf(e, "Cannot make or correct: %s", gap.what());
                left.add(gap);
            }
        }
        if (!names(left).equals(missing)) {
            if (left.isEmpty()) {
                LOG.info("Everything that the hub needs is there on NATS again");
            } else {
                LOG.error(said(left));
            }
        }
        missing = names(left);
    }

    /** What the last check found missing, or not as the hub needs it. */
    public List<String> missing() {
        return missing;
    }

    /** The names of all streams that the hub needs. */
    List<String> streams() {
        return layout.streams().stream().map(StreamConfiguration::getName).toList();
    }

    /** The names of all buckets that the hub needs. */
    List<String> buckets() {
        return layout.buckets().stream()
                .map(KeyValueConfiguration::getBucketName)
                .toList();
    }

    /** The intake's consumer as it is now; empty when there is none. */
    Optional<ConsumerInfo> intake() throws IOException, JetStreamApiException {
        return consumer.find(nats.management());
    }

    private String said(List<Gap> gaps) {
        var said = new ArrayList<String>();
        said("missing on NATS: ", gaps.stream().filter(Gap::isAbsent).toList()).ifPresent(said::add);
        said(
                        "not as the hub needs it on NATS: ",
                        gaps.stream().filter(gap -> !gap.isAbsent()).toList())
                .ifPresent(said::add);
        said.add(
                manage == Manage.VERIFY
                        ? "create or change that, or set fusion.nats.manage=create"
                        : "the server refuses to let this hub do it: see its log, its storage and this user's rights");
        return String.join("; ", said);
    }

    private static Optional<String> said(String how, List<Gap> gaps) {
        return gaps.isEmpty() ? Optional.empty() : Optional.of(how + String.join(", ", names(gaps)));
    }

    private static List<String> names(List<Gap> gaps) {
        return gaps.stream().map(Gap::what).toList();
    }

    private List<Gap> gaps() throws IOException, JetStreamApiException {
        var management = nats.management();
        var buckets = nats.connection().keyValueManagement();
        var gaps = new ArrayList<Gap>();
        for (var stream : layout.streams()) {
            if (isAbsent(() -> management.getStreamInfo(stream.getName()))) {
                gaps.add(new Gap(
                        "stream " + stream.getName() + " on " + stream.getSubjects(),
                        true,
                        () -> add(management, stream)));
            }
        }
        for (var bucket : layout.buckets()) {
            if (isAbsent(() -> buckets.getStatus(bucket.getBucketName()))) {
                gaps.add(new Gap("bucket " + bucket.getBucketName(), true, () -> buckets.create(bucket)));
            }
        }
        consumer.fault(management)
                .ifPresent(
                        fault -> gaps.add(new Gap(fault.what(), fault.isAbsent(), () -> consumer.repair(management))));
        return gaps;
    }

    /**
     * The only stream with a size of its own, which the server reserves, is made smaller where there is less room. In big
     * steps, which leave storage for the incidents.
     */
    private static void add(JetStreamManagement management, StreamConfiguration stream)
            throws IOException, JetStreamApiException {
        for (var bytes = stream.getMaxBytes(); ; bytes /= SMALLER) {
            try {
                management.addStream(bytes == stream.getMaxBytes() ? stream : Layout.smaller(stream, bytes));
                if (bytes < stream.getMaxBytes()) {
                    LOG.warnf(
                            "NATS has no room for %d MB of %s, it is made with %d MB; with more storage, edit it",
                            stream.getMaxBytes() >> 20, stream.getName(), bytes >> 20);
                }
                return;
            } catch (JetStreamApiException e) {
                if (!NO_ROOM.contains(e.getApiErrorCode()) || bytes <= 0) {
                    throw e;
                }
                if (bytes / SMALLER < LEAST_LETTERS_BYTES) {
                    throw new IllegalStateException(
                            "NATS has less than %d MB of file storage left for the stream %s: give the server more (max_file_store), or the account"
                                    .formatted(bytes >> 20, stream.getName()),
                            e);
                }
            }
        }
    }

    private static boolean isAbsent(Change look) throws IOException, JetStreamApiException {
        try {
            look.run();
            return false;
        } catch (JetStreamApiException e) {
            if (e.getErrorCode() == NOT_FOUND) {
                return true;
            }
            throw e;
        }
    }
}
