package io.xtribe.fusionhub.work;

import java.util.Map;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/**
 * The Camel component {@code work}: {@code work:incidents} yields the {@link Lease} of each incident that is due, so that
 * converging is a route like any other, which operators see, suspend and resume.
 */
public final class WorkComponent extends DefaultComponent {

    private final WorkQueue queue;
    private final int concurrency;

    /**
     * The component.
     *
     * @param concurrency how many incidents may be under work at once
     */
    public WorkComponent(WorkQueue queue, int concurrency) {
        this.queue = queue;
        this.concurrency = concurrency;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        return new WorkEndpoint(uri);
    }

    private final class WorkEndpoint extends DefaultEndpoint {

        WorkEndpoint(String uri) {
            super(uri, WorkComponent.this);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException(
                    "a route cannot send to this component: work is entered when an incident's record changes");
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new WorkConsumer(this, processor, queue, concurrency);
        }
    }
}
