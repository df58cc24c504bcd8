package io.xtribe.fusionhub.nats;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.MessageHandler;
import org.jboss.logging.Logger;

/**
 * The connection that consuming routes get. camel-nats drops what was delivered and not yet handled when its consumer
 * stops; JetStream would deliver that again only after its time limit of 15 s. Here a dispatcher that is unsubscribed
 * first drains: what was delivered is handled, or, when the hub is about to end, handed back to NATS, which gives it to
 * another hub at once.
 */
final class DrainingConnection {
    private static final Logger LOG = Logger.getLogger(DrainingConnection.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

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
        var dispatcher = connection.createDispatcher(message -> {
            if (ending.getAsBoolean()) {
                message.nak();
            } else {
                handler.onMessage(message);
            }
        });
        var drained = new AtomicBoolean();
        return proxy(Dispatcher.class, (self, method, arguments) -> {
            if (method.getName().equals("unsubscribe") && drained.compareAndSet(false, true)) {
                drain(dispatcher);
                return self;
            }
            return invoke(dispatcher, method, arguments);
        });
    }

    private static void drain(Dispatcher dispatcher) throws InterruptedException {
        try {
            if (!dispatcher.drain(LIMIT).get()) {
                LOG.warnf("Not everything that was delivered was handled within %s; NATS delivers it again", LIMIT);
            }
        } catch (ExecutionException | IllegalStateException e) {
            LOG.warnf("What was delivered and not handled is left to NATS to deliver again: %s", e.getMessage());
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
