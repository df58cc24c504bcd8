package io.xtribe.fusionhub.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.metrics.Counters;
import io.xtribe.fusionhub.nats.Acknowledgement;
import io.xtribe.fusionhub.nats.Delivery;
import io.xtribe.fusionhub.nats.Heartbeat;
import io.xtribe.fusionhub.nats.UnfinishedDeliveries;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.RareLog;

/**
 * Checks the delivery data of a signal before it is handled. A redelivered signal is counted. A signal during whose handling
 * the hub ended each time is refused.
 */
@Singleton
@Named("signalArrival")
public class SignalArrival {

    private static final Logger LOG = Logger.getLogger(SignalArrival.class);
    /** This many deliveries in a row without an outcome; the first deliveries are not counted. */
    private static final int DEADLY = 6;

    private final UnfinishedDeliveries unfinished;
    private final Heartbeat heartbeat;
    private final Acknowledgement acknowledgement;
    private final Counters redelivered;
    private final SignalSource source;
    private final RareLog noSignal = new RareLog(LOG);
    private final RareLog comesAgain = new RareLog(LOG);

    public SignalArrival(
            UnfinishedDeliveries unfinished,
            Heartbeat heartbeat,
            Acknowledgement acknowledgement,
            MeterRegistry metrics,
            FusionConfig config) {
        this.unfinished = unfinished;
        this.heartbeat = heartbeat;
        this.acknowledgement = acknowledgement;
        this.redelivered = new Counters(
                metrics, "fusion.signals.redelivered", "Signals that were delivered more than once", "source");
        config.platforms().forEach(redelivered::of);
        this.source = new SignalSource(config.platforms());
    }

    /**
     * Continues the route, or ends it: with an acknowledgement when it is a heartbeat, without one when JetStream did not deliver it.
     *
     * @throws InvalidSignalException when it must not be handled once more
     */
    public void arrive(
            @Header("CamelNatsReplyTo") String replyTo, @Header("CamelNatsSubject") String subject, Exchange exchange) {
        if (Heartbeat.isOne(subject)) {
            take(replyTo, exchange);
            return;
        }
        if (Delivery.isFirst(replyTo)) {
            return;
        }
        var found = Delivery.of(replyTo);
        if (found.isEmpty()) {
            noSignal.warn("A message on the intake's subject was not delivered by the consumer and is ignored:"
                    + " publish signals on fusion.signals.<source>");
            exchange.setRouteStop(true);
            return;
        }
        var delivery = found.get();
        var from = source.of(exchange);
        redelivered.of(from).increment();
        comesAgain.warn(
                "Signal %d of %s comes again, delivery %d".formatted(delivery.sequence(), from, delivery.count()));
        if (unfinished.begin(delivery) >= DEADLY) {
            throw new InvalidSignalException(
                    DeadLetterClass.UNEXPECTED,
                    "the hub ended while it handled this signal, " + (delivery.count() - 1)
                            + " deliveries had no outcome");
        }
    }

    private void take(String replyTo, Exchange exchange) {
        exchange.setRouteStop(true);
        if (Delivery.of(replyTo).isPresent()) {
            heartbeat.arrived(exchange.getIn().getHeader(Heartbeat.ID, String.class));
            acknowledgement.accept(replyTo);
        }
    }
}
