package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Acknowledgement;
import io.xtribe.fusionhub.nats.Delivery;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RareLog;

/**
 * Decides what happens to a signal that could not be handled. One that cannot be understood becomes a dead letter at once, one
 * whose handling fails unexpectedly becomes one at the third such failure. While NATS or the store does not answer, or the
 * hub stops, the signal is redelivered without a limit.
 */
@Singleton
@Named("signalFailures")
public class SignalFailures {

    private static final Logger LOG = Logger.getLogger(SignalFailures.class);
    private static final int MOST_FAILURES = 3;
    /** About two minutes: a list that could not be read is read again after {@code fusion.probe}, a minute. */
    private static final int MOST_WAITS_FOR_A_LIST = 17;
    /** Waits while NATS or the store does not answer. Short: it may answer again soon, and a trigger may be waiting. */
    private static final Duration SHORT_WAITS = Duration.ofSeconds(2);

    private static final Duration LONG_WAITS = Duration.ofSeconds(8);

    private final NatsLink nats;
    private final DeadLetters deadLetters;
    private final Acknowledgement acknowledgement;
    private final SignalSource source;
    private final UnexpectedFailures unexpected = new UnexpectedFailures();
    private final RareLog willComeAgain = new RareLog(LOG);
    private final RareLog cannotStore = new RareLog(LOG);

    public SignalFailures(
            NatsLink nats, DeadLetters deadLetters, Acknowledgement acknowledgement, FusionConfig config) {
        this.nats = nats;
        this.deadLetters = deadLetters;
        this.acknowledgement = acknowledgement;
        this.source = new SignalSource(config.platforms());
    }

    /** For routes: stores the signal as a dead letter and acknowledges it, or gives it back to NATS. Throws nothing. */
    public void handle(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var replyTo = exchange.getIn().getHeader("CamelNatsReplyTo", String.class);
        var delivery = Delivery.of(replyTo);
        if (delivery.isEmpty()) {
            return;
        }
        try {
            if (isTransient(failure, exchange)) {
                comesAgain(exchange, failure);
                giveBack(replyTo, delivery.get().count(), SHORT_WAITS);
                return;
            }
            var most = isNotYetUnderstood(failure) ? MOST_WAITS_FOR_A_LIST : MOST_FAILURES;
            var failures = definite(failure) == null ? unexpected.count(delivery.get()) : most;
            if (failures < most) {
                comesAgain(exchange, failure);
                giveBack(replyTo, failures, LONG_WAITS);
                return;
            }
            storeLetter(exchange, failure, delivery.get());
            acknowledgement.accept(replyTo);
            unexpected.forget(delivery.get());
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            LOG.debug("Cannot store a dead letter", e);
            cannotStore.warn("A dead letter of %s cannot be stored now, its signal will come again: %s"
                    .formatted(source.of(exchange), whyNotStored(e)));
            giveBack(replyTo, delivery.get().count(), LONG_WAITS);
        }
    }

    private void comesAgain(Exchange exchange, Throwable failure) {
        willComeAgain.warn("A signal of %s could not be handled and will come again: %s"
                .formatted(source.of(exchange), FailureWords.of(failure)));
    }

    private static String whyNotStored(Throwable failure) {
        if (failure instanceof RefusedByNatsException refused) {
            return "NATS refuses it, error " + refused.code() + ", see the stream's limits";
        }
        return failure instanceof IOException || failure instanceof IllegalStateException
                ? "NATS does not answer"
                : FailureWords.of(failure);
    }

    private void storeLetter(Exchange exchange, Throwable failure, Delivery delivery) throws IOException {
        LOG.debugf(failure, "Signal %d becomes a dead letter", delivery.sequence());
        var original = exchange.getProperty(SignalIntake.ORIGINAL, byte[].class);
        var body = original == null ? exchange.getIn().getBody(byte[].class) : original;
        deadLetters.store(DeadLetter.ofSignal(
                source.of(exchange), body == null ? new byte[0] : body, explained(failure, exchange), delivery));
    }

    /** Asks for a redelivery after 1 s the first time, then after 3 s, 5 s and so on, up to a limit. */
    private void giveBack(String replyTo, long times, Duration longest) {
        try {
            var wait = Duration.ofSeconds(2 * Math.min(times, 100) - 1);
            acknowledgement.retry(replyTo, wait.compareTo(longest) > 0 ? longest : wait);
        } catch (IllegalStateException away) {
            LOG.debug("NATS is away: it delivers the signal again by itself", away);
        }
    }

    private boolean isTransient(Throwable failure, Exchange exchange) {
        return definite(failure) == null
                && (exchange.getContext().isStopping() || !nats.isConnected() || comesAgain(failure));
    }

    /** Whether a failure is none of the signal's own, so that it comes again without a limit. */
    static boolean comesAgain(Throwable failure) {
        return definite(failure) == null
                && FailureWords.causes(failure)
                        .anyMatch(cause -> cause instanceof StoreUnavailableException
                                || cause instanceof NotYetKnownException
                                || cause instanceof InterruptedException
                                || cause instanceof RejectedExecutionException);
    }

    static boolean isNotYetUnderstood(Throwable failure) {
        return FailureWords.causes(failure).anyMatch(NotYetUnderstoodException.class::isInstance);
    }

    /** The failure that a redelivery would repeat, or null. */
    static Throwable definite(Throwable failure) {
        return FailureWords.causes(failure)
                .filter(cause -> cause instanceof InvalidSignalException || cause instanceof JsonQueryException)
                .findFirst()
                .orElse(null);
    }

    private InvalidSignalException explained(Throwable failure, Exchange exchange) {
        return explained(failure, source.of(exchange));
    }

    /** Why a signal of a source becomes a dead letter. */
    static InvalidSignalException explained(Throwable failure, String source) {
        var definite = definite(failure);
        if (definite instanceof InvalidSignalException invalid) {
            return invalid;
        }
        if (definite instanceof JsonQueryException query) {
            return MappingProblem.of(source, query);
        }
        var notYet = FailureWords.causes(failure)
                .filter(NotYetUnderstoodException.class::isInstance)
                .findFirst();
        if (notYet.isPresent()) {
            return ((NotYetUnderstoodException) notYet.get()).letter();
        }
        return new InvalidSignalException(DeadLetterClass.UNEXPECTED, FailureWords.of(failure), failure);
    }
}
