package io.xtribe.fusionhub.trace;

/**
 * Something that takes time and that a trace shows: a span. While nothing is traced, all of them are {@link #NONE}, which does
 * nothing. May be ended more than once, by any thread.
 */
public interface Trace {

    /** Nothing to close. */
    Current NOTHING = () -> {};

    /** What is not traced. */
    Trace NONE = new Trace() {
        @Override
        public Trace with(String attribute, String value) {
            return this;
        }

        @Override
        public void failed(String why) {}

        @Override
        public String header() {
            return "";
        }

        @Override
        public String id() {
            return "";
        }

        @Override
        public Current current() {
            return NOTHING;
        }

        @Override
        public void end() {}
    };

    /** As long as it is open, what begins on this thread is a part of the trace. */
    interface Current extends AutoCloseable {
        @Override
        void close();
    }

    /** Says more of it. Never a secret, nor what people have written. */
    Trace with(String attribute, String value);

    /** It did not do what it was to do. */
    void failed(String why);

    /** As a {@code traceparent} of W3C's Trace Context names it; empty where nothing is traced. */
    String header();

    /** Of the whole trace, 32 hexadecimal digits; empty where nothing is traced. */
    String id();

    /** Makes it the one that is under way on this thread. To be closed by the same thread. */
    Current current();

    /** It is over. */
    void end();
}
