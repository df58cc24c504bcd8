package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.StoreUnavailableException;

/**
 * Whether signals reach this hub and are handled. When the consumer's window is full of signals that are not acknowledged,
 * NATS delivers no others, although the consumer is bound.
 */
@Singleton
public class IntakeState {

    /**
     * The state of the consumer.
     *
     * @param trouble what keeps signals from being taken in, in one line; empty when nothing does
     * @param pending signals that were not delivered yet; not a number where it is not known
     * @param unacknowledged signals that were delivered and not acknowledged yet
     * @param redelivered those of them that were delivered more than once
     */
    public record Look(Optional<String> trouble, double pending, long unacknowledged, long redelivered) {

        private static final Look NONE = new Look(Optional.empty(), Double.NaN, 0, 0);

        private static Look trouble(String what) {
            return new Look(Optional.of(what), Double.NaN, 0, 0);
        }
    }

    /**
     * A full window is normal under load; one in which no signal is acknowledged is not. Signals that wait are normal as well, unless
     * none is delivered. In a storm both move all the time. The time counts from the first look that sees it: what was between
     * two looks is not known, and a single look may come between an acknowledgement and the delivery that it makes room for.
     */
    private static final Duration STILL = Duration.ofSeconds(20);

    private final Provisioning provisioning;
    private final Acknowledgement acknowledgement;
    private final LongSupplier nanoTime;
    private boolean wasFull;
    private long fullSince;
    private long floor = -1;
    private boolean wasWaiting;
    private long undeliveredSince;
    private long delivered = -1;
    private volatile Look last = Look.NONE;

    @Inject
    public IntakeState(Provisioning provisioning, Acknowledgement acknowledgement, MeterRegistry metrics) {
        this(provisioning, acknowledgement, System::nanoTime);
        Gauge.builder("fusion.intake.pending", this, one -> one.last.pending())
                .description("Signals in the stream that were delivered to no hub yet")
                .register(metrics);
        Gauge.builder("fusion.intake.unacknowledged", this, one -> one.last.unacknowledged())
                .description("Signals that were delivered to hubs and not acknowledged yet")
                .register(metrics);
    }

    IntakeState(Provisioning provisioning, Acknowledgement acknowledgement, LongSupplier nanoTime) {
        this.provisioning = provisioning;
        this.acknowledgement = acknowledgement;
        this.nanoTime = nanoTime;
    }

    /** Asks NATS; to be called regularly. */
    public Look look() {
        last = ask();
        return last;
    }

    private Look ask() {
        try {
            return provisioning
                    .intake()
                    .map(consumer -> new Look(
                            trouble(consumer),
                            consumer.getNumPending(),
                            consumer.getNumAckPending(),
                            consumer.getRedelivered()))
                    .orElseGet(() -> Look.trouble("its consumer is missing"));
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            return Look.trouble("NATS does not answer what its consumer does");
        }
    }

    /** Whether any hub takes signals in. @throws StoreUnavailableException when NATS does not say */
    public boolean hasHub() {
        try {
            return provisioning.intake().filter(ConsumerInfo::isPushBound).isPresent();
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw new StoreUnavailableException("NATS does not answer whether a hub is at work", e);
        }
    }

    private synchronized Optional<String> trouble(ConsumerInfo consumer) {
        var moved = consumer.getAckFloor().getConsumerSequence() != floor;
        floor = consumer.getAckFloor().getConsumerSequence();
        var window = consumer.getConsumerConfiguration().getMaxAckPending();
        var isFull = window > 0 && consumer.getNumAckPending() >= window;
        var isWaiting = consumer.getNumPending() > 0 && !isFull;
        var hasDelivered = consumer.getDelivered().getConsumerSequence() != delivered;
        delivered = consumer.getDelivered().getConsumerSequence();
        var now = nanoTime.getAsLong();
        if (!isFull || !wasFull || moved || acknowledgement.idle().compareTo(STILL) < 0) {
            fullSince = now;
        }
        if (!isWaiting || !wasWaiting || hasDelivered) {
            undeliveredSince = now;
        }
        wasFull = isFull;
        wasWaiting = isWaiting;
        if (consumer.getPaused()) {
            return Optional.of("its consumer is paused");
        }
        if (!consumer.isPushBound()) {
            return Optional.of("its consumer delivers to no hub");
        }
        var undelivered = Duration.ofNanos(now - undeliveredSince);
        if (undelivered.compareTo(STILL) >= 0) {
            return Optional.of(
                    "%d signals wait in the stream and none was delivered for %d s, although its consumer is bound"
                            .formatted(consumer.getNumPending(), undelivered.toSeconds()));
        }
        var still = Duration.ofNanos(now - fullSince);
        return isFull && still.compareTo(STILL) >= 0
                ? Optional.of("%d signals are delivered and none was acknowledged for %d s: nothing else is taken in"
                        .formatted(consumer.getNumAckPending(), still.toSeconds()))
                : Optional.empty();
    }
}
