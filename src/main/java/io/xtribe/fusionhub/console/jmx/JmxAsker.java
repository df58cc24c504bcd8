package io.xtribe.fusionhub.console.jmx;

import java.util.function.Supplier;

import io.xtribe.fusionhub.console.Operator;
import io.xtribe.fusionhub.signal.SafeText;

/** Who asks for an operation of an MBean. JMX itself does not tell; whoever passes requests on from people who are known does. */
public final class JmxAsker {

    private static final int REASON_LIMIT = 500;
    static final String NOBODY_KNOWN = "JMX";
    private static final ThreadLocal<String> CURRENT = new ThreadLocal<>();

    private JmxAsker() {}

    /** Runs something for somebody, on this thread. */
    public static <T> T as(String who, Supplier<T> action) {
        CURRENT.set(who);
        try {
            return action.get();
        } finally {
            CURRENT.remove();
        }
    }

    /** Whether this thread works for somebody who is known. */
    static boolean isKnown() {
        return CURRENT.get() != null;
    }

    /** The same request as it would be over REST. */
    static Operator.Request request(String verb, String reason) {
        var who = CURRENT.get();
        return new Operator.Request(
                verb,
                who == null ? NOBODY_KNOWN : who,
                SafeText.line(reason == null ? "" : reason, REASON_LIMIT).strip());
    }
}
