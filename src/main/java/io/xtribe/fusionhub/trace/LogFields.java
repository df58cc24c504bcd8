package io.xtribe.fusionhub.trace;

import java.util.HashMap;
import java.util.Map;

import org.jboss.logging.MDC;

/**
 * Fields of the log lines that this thread writes: {@code correlationId}, {@code platform}, {@code routeId}, {@code signalId},
 * {@code traceId}. The JSON of a line has them under {@code mdc}; the plain form leaves them out.
 */
public final class LogFields implements AutoCloseable {

    private final Map<String, Object> before = new HashMap<>();

    private LogFields() {}

    /** From now on, until it is closed by the same thread. */
    public static LogFields with(Map<String, String> fields) {
        var all = new LogFields();
        fields.forEach((name, value) -> {
            if (value != null && !value.isEmpty()) {
                all.before.put(name, MDC.get(name));
                MDC.put(name, value);
            }
        });
        return all;
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                MDC.remove(name);
            } else {
                MDC.put(name, value);
            }
        });
    }
}
