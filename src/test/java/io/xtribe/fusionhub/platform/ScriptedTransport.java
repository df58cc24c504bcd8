package io.xtribe.fusionhub.platform;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/** Answers one request after the other as a test has written down, and keeps what was asked. */
final class ScriptedTransport implements Transport, TransportFactory {

    private interface Answer {
        JsonNode get() throws Exception;
    }

    private final Deque<Answer> script = new ArrayDeque<>();
    private final Deque<UnaryOperator<String>> headers = new ArrayDeque<>();
    private final List<PlatformRequest> asked = new ArrayList<>();

    /** Another test begins. */
    synchronized void forget() {
        script.clear();
        headers.clear();
        asked.clear();
    }

    synchronized ScriptedTransport answers(JsonNode answer) {
        script.add(() -> answer);
        return this;
    }

    /** Answers with a header as well. */
    synchronized ScriptedTransport answers(JsonNode answer, String header, String value) {
        headers.add(name -> name.equals(header) ? value : null);
        return answers(answer);
    }

    synchronized ScriptedTransport answers(int status, String words) {
        script.add(() -> {
            throw FailureClassifier.ofAnswer("it", status, words, null);
        });
        return this;
    }

    synchronized ScriptedTransport runs(Runnable before, JsonNode answer) {
        script.add(() -> {
            before.run();
            return answer;
        });
        return this;
    }

    synchronized List<PlatformRequest> asked() {
        return List.copyOf(asked);
    }

    List<String> paths() {
        return asked().stream().map(PlatformRequest::path).toList();
    }

    @Override
    public JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> told) throws Exception {
        Answer answer;
        synchronized (this) {
            asked.add(request);
            answer = script.remove();
            if (!headers.isEmpty()) {
                told.accept(headers.remove());
            }
        }
        return answer.get();
    }

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public Transport open(CamelContext camel, Platform platform, PlatformAvailability availability) {
        return this;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
