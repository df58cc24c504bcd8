package io.xtribe.fusionhub.nats;

import io.nats.client.Connection;
import io.nats.client.Consumer;
import io.nats.client.ErrorListener;
import org.jboss.logging.Logger;

/** Writes the NATS client's errors to the hub's log. */
class NatsErrorLog implements ErrorListener {

    private static final Logger LOG = Logger.getLogger(NatsErrorLog.class);

    @Override
    public void errorOccurred(Connection connection, String error) {
        LOG.warnf("NATS server refuses: %s", NatsOutage.masked(error));
    }

    @Override
    public void exceptionOccurred(Connection connection, Exception exception) {
        LOG.debugf(exception, "NATS client");
    }

    @Override
    public void slowConsumerDetected(Connection connection, Consumer consumer) {
        LOG.warnf("NATS drops messages: this hub reads too slowly (%d dropped)", consumer.getDroppedCount());
    }
}
