package io.xtribe.fusionhub.intake;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.http.OutOfMemoryExit;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Acknowledgement;
import io.xtribe.fusionhub.nats.Delivery;
import io.xtribe.fusionhub.nats.NatsLink;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;

/**
 * Decides what becomes of a signal that could not be handled. What nobody can understand is a dead letter at once, what
 * fails unexpectedly after a few deliveries; while NATS or the store is away, or the hub stops, it comes again for ever.
 */
@Singleton
@Named("signalFailures")
public class SignalFailures {

    private static final Logger LOG = Logger.getLogger(SignalFailures.class);
    private static final int DELIVERIES = 3;
    /** What is away may be back any moment, and a trigger may be waiting for it. */
    private static final Duration SHORT_WAITS = Duration.ofSeconds(2);

    private static final Duration LONG_WAITS = Duration.ofSeconds(8);
    private static final String HUB = SignalFailures.class.getPackageName().replace(".intake", "");

    private final NatsLink nats;
    private final DeadLetters deadLetters;
    private final Acknowledgement acknowledgement;
    private final SignalSource source;
    private final RareLog log = new RareLog(LOG);

    public SignalFailures(
            NatsLink nats, DeadLetters deadLetters, Acknowledgement acknowledgement, FusionConfig config) {
        this.nats = nats;
        this.deadLetters = deadLetters;
        this.acknowledgement = acknowledgement;
        this.source = new SignalSource(config.platforms());
    }

    /** For routes: buries the signal and acknowledges it, or gives it back. Never fails itself. */
    public void handle(Exchange exchange) {
        var failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        var replyTo = exchange.getIn().getHeader("CamelNatsReplyTo", String.class);
        var delivery = Delivery.of(replyTo);
        if (delivery.isEmpty()) {
            return;
        }
        // Ends the process: the signal is neither given back nor buried, and this delivery counts as one without
        // outcome.
        OutOfMemoryExit.check(failure);
        var isTransient = isTransient(failure, exchange);
        try {
            if (!isTransient && isOver(failure, delivery.get())) {
                bury(exchange, failure, delivery.get());
                acknowledgement.accept(replyTo);
                return;
            }
            log.warn("A signal of %s could not be handled and will come again: %s"
                    .formatted(source.of(exchange), words(failure)));
            giveBack(replyTo, delivery.get(), isTransient ? SHORT_WAITS : LONG_WAITS);
        } catch (IOException | RuntimeException | StackOverflowError | LinkageError e) {
            LOG.debug("Cannot bury", e);
            log.warn("A dead letter of %s cannot be stored now, its signal will come again: %s"
                    .formatted(
                            source.of(exchange),
                            e instanceof RefusedByNatsException refused
                                    ? "NATS refuses it, error " + refused.code() + ", see the stream's limits"
                                    : "NATS does not answer"));
            giveBack(replyTo, delivery.get(), LONG_WAITS);
        }
    }

    private void bury(Exchange exchange, Throwable failure, Delivery delivery) throws IOException {
        LOG.debugf(failure, "Signal %d becomes a dead letter", delivery.sequence());
        var original = exchange.getProperty(SignalIntake.ORIGINAL, byte[].class);
        var body = original == null ? exchange.getIn().getBody(byte[].class) : original;
        deadLetters.bury(DeadLetter.ofSignal(
                source.of(exchange), body == null ? new byte[0] : body, explained(failure, exchange), delivery));
    }

    /** After 1 s, 3 s, 5 s and so on, up to a limit. */
    private void giveBack(String replyTo, Delivery delivery, Duration longest) {
        try {
            var wait = Duration.ofSeconds(2 * Math.min(delivery.count(), 100) - 1);
            acknowledgement.retry(replyTo, wait.compareTo(longest) > 0 ? longest : wait);
        } catch (IllegalStateException away) {
            LOG.debug("NATS is away: it delivers the signal again by itself", away);
        }
    }

    private static boolean isOver(Throwable failure, Delivery delivery) {
        return definite(failure) != null || delivery.count() >= DELIVERIES;
    }

    private boolean isTransient(Throwable failure, Exchange exchange) {
        return definite(failure) == null
                && (exchange.getContext().isStopping()
                        || !nats.isConnected()
                        || causes(failure)
                                .anyMatch(cause -> cause instanceof StoreUnavailableException
                                        || cause instanceof InterruptedException
                                        || cause instanceof RejectedExecutionException));
    }

    /** What trying again cannot change, or null. */
    private static Throwable definite(Throwable failure) {
        return causes(failure)
                .filter(cause -> cause instanceof InvalidSignalException || cause instanceof JsonQueryException)
                .findFirst()
                .orElse(null);
    }

    private InvalidSignalException explained(Throwable failure, Exchange exchange) {
        var definite = definite(failure);
        if (definite instanceof InvalidSignalException invalid) {
            return invalid;
        }
        if (definite instanceof JsonQueryException query) {
            return MappingProblem.of(source.of(exchange), query);
        }
        return new InvalidSignalException(DeadLetterClass.UNEXPECTED, words(failure), failure);
    }

    /** The kind of the failure and where it happened in the hub: its message may be anybody's. */
    private static String words(Throwable failure) {
        var cause = causes(failure).reduce((outer, inner) -> inner).orElse(failure);
        if (cause instanceof InvalidSignalException || cause instanceof StoreUnavailableException) {
            return SafeText.line(String.valueOf(cause.getMessage()), 300);
        }
        if (causes(failure).anyMatch(StoreUnavailableException.class::isInstance)) {
            return "NATS or the store is away";
        }
        var place = Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(HUB))
                .findFirst()
                .map(frame -> frame.getClassName().substring(HUB.length() + 1) + "." + frame.getMethodName() + ":"
                        + frame.getLineNumber())
                .orElse("a route");
        return "an unexpected " + cause.getClass().getSimpleName() + " in " + place;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(20);
    }
}
