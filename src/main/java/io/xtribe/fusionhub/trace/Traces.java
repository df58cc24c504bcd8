package io.xtribe.fusionhub.trace;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Where the hub says what is to be traced. One for the whole process, as filters of HTTP clients, which others make, need it too.
 * Off until {@link #on}.
 */
public final class Traces {

    /** What a span is about, as OpenTelemetry tells them apart. */
    public enum Kind {
        /** Something came in by HTTP. */
        SERVER,
        /** A message was taken in. */
        CONSUMER,
        /** Something is called by HTTP. */
        CLIENT,
        INTERNAL
    }

    /** Makes the spans. */
    public interface Maker {

        /**
         * A span that has begun.
         *
         * @param parent its {@code traceparent}; null or empty for the one that is under way on this thread, or for none
         */
        Trace begin(String name, Kind kind, String parent);

        /** Hands the headers of the span that is under way on this thread to somebody who sends them. */
        void inject(BiConsumer<String, String> header);

        /** The {@code traceparent} of the span that is under way on this thread; empty where there is none. */
        String header();
    }

    /** The name of the header, in HTTP and on NATS. */
    public static final String HEADER = "traceparent";

    /** So many incidents are remembered; of the others the later work is a trace of its own. */
    private static final int MOST = 10_000;

    private static volatile Maker maker;

    private static final Map<String, String> BY_INCIDENT = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST;
        }
    });

    private Traces() {}

    /** From now on spans are made by this; null switches it off. */
    public static void on(Maker spans) {
        maker = spans;
        BY_INCIDENT.clear();
    }

    public static boolean isOn() {
        return maker != null;
    }

    /** A span that has begun, as a part of the trace that is under way on this thread. */
    public static Trace begin(String name, Kind kind) {
        return begin(name, kind, "");
    }

    /** The same as a part of the trace that a {@code traceparent} names, where it is one. */
    public static Trace begin(String name, Kind kind, String parent) {
        var spans = maker;
        return spans == null ? Trace.NONE : spans.begin(name, kind, parent);
    }

    /** Hands the headers of what is under way on this thread to somebody who sends them; none while nothing is traced. */
    public static void inject(BiConsumer<String, String> header) {
        var spans = maker;
        if (spans != null) {
            spans.inject(header);
        }
    }

    /** What is under way on this thread is why something is to be done for an incident. */
    public static void isAbout(String incident) {
        var spans = maker;
        if (spans != null && !spans.header().isEmpty()) {
            BY_INCIDENT.put(incident, spans.header());
        }
    }

    /** The {@code traceparent} of what this hub took in last of an incident; empty where it is not known. */
    public static String of(String incident) {
        return maker == null ? "" : BY_INCIDENT.getOrDefault(incident, "");
    }
}
