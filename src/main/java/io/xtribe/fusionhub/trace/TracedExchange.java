package io.xtribe.fusionhub.trace;

import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** What an exchange of a route is traced as. */
public final class TracedExchange {

    /** Exchange property with its {@link Trace}; absent while nothing is traced. */
    public static final String TRACE = "trace";

    private TracedExchange() {}

    /** The exchange is a part of this, which ends with it. */
    public static void carry(Exchange exchange, Trace trace) {
        exchange.setProperty(TRACE, trace);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                if (done.getException() != null) {
                    trace.failed(done.getException().getClass().getSimpleName());
                }
                trace.end();
            }
        });
    }
}
