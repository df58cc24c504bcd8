package io.xtribe.fusionhub.conformance;

import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.conformance.ConformanceCase.CannedExchange;
import io.xtribe.fusionhub.platform.FailureClassifier;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformRequest;
import io.xtribe.fusionhub.platform.Transport;
import io.xtribe.fusionhub.platform.TransportFactory;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/** Answers the requests of a case as the case says, without a network, and keeps those that it did not expect. */
final class CannedTransport implements Transport, TransportFactory {

    private final List<CannedExchange> expected = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String platform;

    /** Another case begins. */
    synchronized void expect(List<CannedExchange> exchanges) {
        expected.clear();
        expected.addAll(exchanges);
        problems.clear();
    }

    /** Requests that came and were not expected, and those that were and did not come; a line each. */
    synchronized List<String> problems() {
        var all = new ArrayList<>(problems);
        expected.forEach(
                exchange -> all.add("this request was not made: " + exchange.method() + " " + exchange.path()));
        return all;
    }

    @Override
    public synchronized JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> headers)
            throws Exception {
        for (var exchange : expected) {
            if (exchange.method().equals(request.method())
                    && exchange.path().equals(request.path())
                    && exchange.query().equals(request.query())
                    && Objects.equals(exchange.body(), request.body())) {
                expected.remove(exchange);
                return answered(exchange);
            }
        }
        problems.add("this request was not expected: " + request.method() + " " + request.path()
                + (request.query().isEmpty() ? "" : "?" + request.query())
                + (request.body() == null ? "" : " with " + request.body()));
        throw new SocketTimeoutException("the case does not expect it");
    }

    private JsonNode answered(CannedExchange exchange) throws SocketTimeoutException {
        if (exchange.status() == 0) {
            throw new SocketTimeoutException("no answer");
        }
        if (exchange.status() < 200 || exchange.status() > 299) {
            throw FailureClassifier.ofAnswer(platform, exchange.status(), String.valueOf(exchange.answer()), null);
        }
        if (exchange.answer() != null && exchange.answer().isTextual()) {
            throw FailureClassifier.ofPage(platform, exchange.answer().asText());
        }
        return exchange.answer() == null ? MissingNode.getInstance() : exchange.answer();
    }

    @Override
    public String name() {
        return "canned";
    }

    @Override
    public Transport open(CamelContext camel, Platform opened, PlatformAvailability availability) {
        platform = opened.name();
        return this;
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
