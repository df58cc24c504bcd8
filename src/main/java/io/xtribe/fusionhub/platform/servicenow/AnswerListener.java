package io.xtribe.fusionhub.platform.servicenow;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells whoever has sent a request of the headers of its answer. camel-servicenow does not hand them on; the filters of its client run on the
 * thread that sends.
 */
final class AnswerListener {

    private final ThreadLocal<Consumer<UnaryOperator<String>>> sender = new ThreadLocal<>();

    /** This thread sends a request from now on. */
    void listen(Consumer<UnaryOperator<String>> headers) {
        sender.set(headers);
    }

    /** It has its answer, or none. */
    void end() {
        sender.remove();
    }

    /** An answer has come; its headers are looked up by their names. */
    void answered(UnaryOperator<String> headers) {
        var listening = sender.get();
        if (listening != null) {
            listening.accept(headers);
        }
    }
}
