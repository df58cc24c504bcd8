package io.xtribe.fusionhub.explain;

import java.time.Instant;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.StoredMessages;
import io.xtribe.fusionhub.nats.StoredMessages.Stored;

/** The signals that the stream keeps, by time. They are only read. */
@Singleton
class RecordedSignals {

    private static final String ALL = Names.signals(">");

    private final StoredMessages messages;

    RecordedSignals(StoredMessages messages) {
        this.messages = messages;
    }

    /**
     * The number before that of the first signal that was stored at that time or later.
     *
     * @throws io.xtribe.fusionhub.incident.StoreUnavailableException when NATS does not answer
     */
    long before(Instant from) {
        var range = messages.range(Names.SIGNALS);
        var low = range.first() - 1;
        var high = range.last();
        while (low < high) {
            var middle = low + (high - low) / 2;
            if (isBefore(messages.next(Names.SIGNALS, ALL, middle), from)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static boolean isBefore(Optional<Stored> found, Instant from) {
        return found.filter(message -> message.storedAt().isBefore(from)).isPresent();
    }

    /** The first signal after that number that was stored before the time; empty where there is none. */
    Optional<Stored> next(long after, Instant to) {
        for (var next = messages.next(Names.SIGNALS, ALL, after);
                next.filter(message -> message.storedAt().isBefore(to)).isPresent();
                next = messages.next(Names.SIGNALS, ALL, next.get().sequence())) {
            if (!next.get().subject().equals(Names.HEARTBEAT_SUBJECT)) {
                return next;
            }
        }
        return Optional.empty();
    }
}
