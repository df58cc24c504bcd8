package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
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
     * @param unacknowledged signals that were delivered and not acknowledged yet
     * @param redelivered those of them that were delivered more than once
     */
    public record Look(Optional<String> trouble, long unacknowledged, long redelivered) {
        private static Look trouble(String what) {
            return new Look(Optional.of(what), 0, 0);
        }
    }

    /** A full window is normal under load; one in which no signal is acknowledged is not. */
    private static final Duration STILL = Duration.ofSeconds(20);

    private final Provisioning provisioning;
    private final Acknowledgement acknowledgement;
    private long fullSince;
    private long floor = -1;

    public IntakeState(Provisioning provisioning, Acknowledgement acknowledgement) {
        this.provisioning = provisioning;
        this.acknowledgement = acknowledgement;
    }

    /** Asks NATS; to be called regularly. */
    public Look look() {
        try {
            return provisioning
                    .intake()
                    .map(consumer ->
                            new Look(trouble(consumer), consumer.getNumAckPending(), consumer.getRedelivered()))
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
        var now = System.nanoTime();
        if (!isFull || moved || acknowledgement.idle().compareTo(STILL) < 0) {
            fullSince = now;
        }
        if (consumer.getPaused()) {
            return Optional.of("its consumer is paused");
        }
        if (!consumer.isPushBound()) {
            return Optional.of("its consumer delivers to no hub");
        }
        var still = Duration.ofNanos(now - fullSince);
        return isFull && still.compareTo(STILL) >= 0
                ? Optional.of("%d signals are delivered and none was acknowledged for %d s: nothing else is taken in"
                        .formatted(consumer.getNumAckPending(), still.toSeconds()))
                : Optional.empty();
    }
}
