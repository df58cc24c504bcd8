package io.xtribe.fusionhub.work;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The loop that hands incidents to the route goes on whatever is thrown. It may work on one incident at a time here, so that
 * a permit that is not given back stops it, too.
 */
class WorkConsumerTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int ONE_AT_A_TIME = 1;

    private final CamelContext camel = new DefaultCamelContext();
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    private WorkQueue queue;
    private WorkConsumer consumer;

    @BeforeEach
    void startCamel() {
        camel.start();
    }

    @AfterEach
    void stop() {
        consumer.stop();
        camel.stop();
    }

    @Test
    void goesOnAfterAnErrorInTheRoute() {
        // Given
        start(Optional::empty, id -> {
            if (id.equals("broken")) {
                throw new StackOverflowError("thrown on purpose");
            }
        });

        // When
        queue.enter(StubbedWorkSet.trigger("broken"));
        await().atMost(SOON).until(() -> begun.contains("broken"));
        queue.enter(StubbedWorkSet.trigger("next"));

        // Then
        await().atMost(SOON).until(() -> begun.contains("next"));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(queue.inFlight()).as("in flight").isZero());
    }

    @Test
    void goesOnAfterAnErrorWhileAnIncidentIsTaken() {
        // Given
        start(
                () -> {
                    if (taken.incrementAndGet() == 1) {
                        throw new NoClassDefFoundError("thrown on purpose");
                    }
                    return Optional.of(StubbedWorkSet.trigger("broken"));
                },
                id -> {});

        // When
        queue.wake("broken", WorkLane.FOLLOW_UP);
        await().atMost(SOON).until(() -> taken.get() == 1);
        queue.enter(StubbedWorkSet.trigger("next"));

        // Then
        await().atMost(SOON).until(() -> begun.contains("next"));
        await("the incident that could not be taken is tried again")
                .atMost(SOON)
                .until(() -> begun.contains("broken"));
    }

    private void start(Supplier<Optional<Lease>> take, Consumer<String> work) {
        queue = new WorkQueue(new StubbedWorkSet(take), "hub-a", id -> {});
        var component = new WorkComponent(queue, ONE_AT_A_TIME);
        camel.addComponent("work", component);
        var endpoint = camel.getEndpoint("work:incidents");
        consumer = new WorkConsumer(endpoint, route(work), queue, ONE_AT_A_TIME);
        consumer.start();
    }

    /** Camel's own processors catch errors; this one lets them through to the consumer. */
    private AsyncProcessor route(Consumer<String> work) {
        return new AsyncProcessorSupport() {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                var id = exchange.getIn().getBody(Lease.class).id();
                begun.add(id);
                work.accept(id);
                callback.done(true);
                return true;
            }
        };
    }
}
