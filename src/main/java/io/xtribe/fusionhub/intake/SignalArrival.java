package io.xtribe.fusionhub.intake;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.config.FusionConfig;
import io.xtribe.fusionhub.nats.Delivery;
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
    private final MeterRegistry metrics;
    private final SignalSource source;
    private final RareLog noSignal = new RareLog(LOG);
    private final RareLog comesAgain = new RareLog(LOG);

    public SignalArrival(UnfinishedDeliveries unfinished, MeterRegistry metrics, FusionConfig config) {
        this.unfinished = unfinished;
        this.metrics = metrics;
        this.source = new SignalSource(config.platforms());
    }

    /**
     * Continues the route, or ends it when JetStream did not deliver it.
     *
     * @throws InvalidSignalException when it must not be handled once more
     */
    public void arrive(@Header("CamelNatsReplyTo") String replyTo, Exchange exchange) {
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
        metrics.counter("fusion.signals.redelivered", "source", from).increment();
        comesAgain.warn(
                "Signal %d of %s comes again, delivery %d".formatted(delivery.sequence(), from, delivery.count()));
        if (unfinished.begin(delivery) >= DEADLY) {
            throw new InvalidSignalException(
                    DeadLetterClass.UNEXPECTED,
                    "the hub ended while it handled this signal, " + (delivery.count() - 1)
                            + " deliveries had no outcome");
        }
    }
}
