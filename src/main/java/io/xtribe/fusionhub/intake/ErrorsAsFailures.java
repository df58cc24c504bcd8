package io.xtribe.fusionhub.intake;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

import io.xtribe.fusionhub.http.OutOfMemoryExit;

/**
 * Makes an {@link Error} in a step fail the exchange, as an exception does, in every route. By itself Camel throws
 * it to the caller that delivered the message, and leaves the rest of the route queued on the thread, which runs it with the
 * next message: a signal whose mapping overflowed the stack would be acknowledged though nothing was stored. When memory
 * has run out, the process ends.
 *
 * <p>Not for a step of the kind {@code process}, which no route has: Camel goes on with the next step before the error is seen here.
 */
@Singleton
@Named("errorsAsFailures")
public class ErrorsAsFailures implements InterceptStrategy {

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new Guarded(target);
    }

    private static final class Guarded extends DelegateAsyncProcessor {

        Guarded(Processor target) {
            super(target);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            AsyncCallback checked = done -> {
                // An error of a bean's method is not thrown: Camel has put it into the exchange.
                OutOfMemoryExit.check(exchange.getException());
                callback.done(done);
            };
            try {
                return super.process(exchange, checked);
            } catch (Error e) {
                OutOfMemoryExit.check(e);
                exchange.setException(e);
                callback.done(true);
                return true;
            }
        }
    }
}
