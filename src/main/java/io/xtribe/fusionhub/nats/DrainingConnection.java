package io.xtribe.fusionhub.nats;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.signal.SafeText;

/**
 * The connection that consuming routes get. camel-nats drops what was delivered and not yet handled when its consumer
 * stops; JetStream would deliver that again only after its time limit of 15 s. Here a dispatcher that is unsubscribed
 * first drains: what was delivered is handled for two seconds; what is left then, and everything when the hub is about to
 * end, is handed back to NATS, which delivers it again after 200 ms, to another hub where there is one.
 */
final class DrainingConnection {
    private static final Logger LOG = Logger.getLogger(DrainingConnection.class);
    private static final Duration HANDLED = Duration.ofSeconds(2);
    /** Without a wait a signal that is handed back would be delivered here again at once, while this hub still listens. */
    private static final Duration HANDED_BACK = Duration.ofMillis(200);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private DrainingConnection() {}

    /**
     * Wraps a connection.
     *
     * @param ending whether the hub is about to end, so that nothing new may be begun
     */
    static Connection of(Connection connection, BooleanSupplier ending) {
        return proxy(Connection.class, (self, method, arguments) -> {
            if (method.getName().equals("createDispatcher") && arguments != null && arguments.length == 1) {
                return dispatcher(connection, (MessageHandler) arguments[0], ending);
            }
            return invoke(connection, method, arguments);
        });
    }

    private static Dispatcher dispatcher(Connection connection, MessageHandler handler, BooleanSupplier ending) {
        var handBackFrom = new AtomicReference<Long>();
        var dispatcher = connection.createDispatcher(message -> {
            var from = handBackFrom.get();
            if (ending.getAsBoolean() || from != null && System.nanoTime() - from >= 0) {
                message.nakWithDelay(HANDED_BACK);
            } else {
                handler.onMessage(message);
            }
        });
        return proxy(Dispatcher.class, (self, method, arguments) -> {
            if (method.getName().equals("unsubscribe")
                    && handBackFrom.compareAndSet(null, System.nanoTime() + HANDLED.toNanos())) {
                drain(dispatcher);
                return self;
            }
            var result = invoke(dispatcher, method, arguments);
            // Subscribing returns the dispatcher, and camel-nats keeps what it gets.
            return result == dispatcher ? self : result;
        });
    }

    private static void drain(Dispatcher dispatcher) throws InterruptedException {
        try {
            if (!dispatcher.drain(LIMIT).get()) {
                LOG.warnf("Not everything that was delivered was handled within %s; NATS delivers it again", LIMIT);
            }
        } catch (ExecutionException | IllegalStateException e) {
            LOG.warnf(
                    "What was delivered and not handled is left to NATS to deliver again: %s",
                    SafeText.line(String.valueOf(e.getMessage()), 300));
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
