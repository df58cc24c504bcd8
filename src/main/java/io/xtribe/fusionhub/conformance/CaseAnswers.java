package io.xtribe.fusionhub.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.apache.camel.CamelContext;

import io.xtribe.fusionhub.conformance.ConformanceCase.CannedExchange;
import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.platform.PlatformException;
import io.xtribe.fusionhub.platform.PlatformException.Kind;
import io.xtribe.fusionhub.platform.PlatformRequest;
import io.xtribe.fusionhub.platform.Transport;
import io.xtribe.fusionhub.platform.TransportFactory;
import io.xtribe.fusionhub.platform.availability.PlatformAvailability;

/**
 * Answers requests, without a network, as the cases of the platform's folder say that such requests are answered, and tells of each. The
 * case is one of the route that is called, where there is one; its request has the same method and asks for the same but for its ids; and
 * its answer is told with the values of the request that was made.
 */
public final class CaseAnswers implements TransportFactory {

    /**
     * A request that would have gone out.
     *
     * @param assumed the case whose answer was taken, such as {@code acme/cases/open.json}; empty where none fits, so that it was not answered
     * @param status of that answer; 0 where there is none
     * @param answer what was answered; missing where it is empty
     */
    public record Asked(
            String platform, PlatformRequest request, Optional<String> assumed, int status, JsonNode answer) {}

    /** What is said of a request that no case answers. */
    public static final String NO_ANSWER = "no recorded answer: what follows it cannot be told";

    /** A case that may answer, by one of its exchanges. */
    private record Candidate(Cases.Named from, int place, CannedExchange exchange) {}

    private final Consumer<Asked> asked;
    private final Set<String> used = new HashSet<>();
    private String route = "";
    private JsonNode view = MissingNode.getInstance();
    private String last = "";

    /** @param asked told of each request, in the order in which they would go out */
    public CaseAnswers(Consumer<Asked> asked) {
        this.asked = asked;
    }

    /**
     * Another step begins.
     *
     * @param calledRoute the platform's route that does it
     * @param step as JSON
     */
    public synchronized void begin(String calledRoute, JsonNode step) {
        route = calledRoute;
        view = step;
        last = "";
        used.clear();
    }

    @Override
    public String name() {
        return "cases";
    }

    @Override
    public Transport open(CamelContext camel, Platform platform, PlatformAvailability availability) {
        return new Answers(camel, platform);
    }

    /** What the cases of a platform say that was read of its account, by the list's name. */
    public static Map<String, JsonNode> lists(CamelContext camel, Platform platform) {
        try {
            return Cases.lists(Cases.of(camel, platform));
        } catch (IOException e) {
            return Map.of();
        }
    }

    private final class Answers implements Transport {

        private final CamelContext camel;
        private final Platform platform;
        private final Map<String, List<Cases.Named>> cases = new ConcurrentHashMap<>();
        private final Map<String, PathPatterns> patterns = new ConcurrentHashMap<>();

        Answers(CamelContext camel, Platform platform) {
            this.camel = camel;
            this.platform = platform;
        }

        @Override
        public JsonNode send(PlatformRequest request, Consumer<UnaryOperator<String>> headers) {
            synchronized (CaseAnswers.this) {
                var found = candidates(request).stream().min(preference(request));
                if (found.isEmpty()) {
                    asked.accept(new Asked(platform.name(), request, Optional.empty(), 0, MissingNode.getInstance()));
                    throw new PlatformException(Kind.NOT_STARTED, NO_ANSWER);
                }
                var taken = found.get();
                last = taken.from().name();
                used.add(last + taken.place());
                var answer = told(taken, request);
                asked.accept(new Asked(
                        platform.name(),
                        request,
                        Optional.of(last),
                        taken.exchange().status(),
                        answer));
                return answer;
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        private JsonNode told(Candidate taken, PlatformRequest request) {
            var exchange = taken.exchange();
            if (exchange.answer() == null) {
                return MissingNode.getInstance();
            }
            var values = new CaseValues();
            var step = taken.from().one().body();
            if (step != null && step.isObject() && view.isObject()) {
                values.ofStep(step, view);
            }
            values.ofBody(exchange.body(), request.body());
            return values.in(exchange.answer());
        }

        private List<Candidate> candidates(PlatformRequest request) {
            var alike = patterns.computeIfAbsent(platform.name(), name -> PathPatterns.of(camel, name));
            var found = new ArrayList<Candidate>();
            for (var named : cases.computeIfAbsent(platform.name(), name -> read())) {
                var exchanges = named.one().exchanges();
                for (var place = 0; place < exchanges.size(); place++) {
                    var exchange = exchanges.get(place);
                    if (isAnswer(exchange)
                            && alike.areAlike(request.method(), request.path(), exchange.method(), exchange.path())) {
                        found.add(new Candidate(named, place, exchange));
                    }
                }
            }
            return found;
        }

        private List<Cases.Named> read() {
            try {
                return Cases.of(camel, platform);
            } catch (IOException e) {
                throw new IllegalStateException(
                        "the cases of " + platform.name() + " cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static boolean isAnswer(CannedExchange exchange) {
        return exchange.status() >= 200
                && exchange.status() <= 299
                && (exchange.answer() == null || !exchange.answer().isTextual());
    }

    /** The one of the same route, in which all goes well, whose request looks most like this one. */
    private Comparator<Candidate> preference(PlatformRequest request) {
        return Comparator.<Candidate>comparingInt(
                        one -> one.from().one().route().equals(route) ? 0 : 1)
                .thenComparingInt(one -> one.from().name().equals(last) ? 0 : 1)
                .thenComparingInt(one -> used.contains(one.from().name() + one.place()) ? 1 : 0)
                .thenComparingInt(one -> goesWell(one.from().one()) ? 0 : 1)
                .thenComparingInt(one -> Objects.equals(one.exchange().query(), request.query()) ? 0 : 1)
                .thenComparingInt(one -> otherWords(one.from().one().body()))
                .thenComparingInt(one -> differences(one.exchange().body(), request.body()))
                .thenComparingInt(one -> differences(one.from().one().body(), view))
                .thenComparingInt(one -> one.from().one().exchanges().size())
                .thenComparing(one -> one.from().name());
    }

    /** In how many of status and priority the step of a case is another than this one: what is read afterwards shows them. */
    private int otherWords(JsonNode step) {
        return (int) Stream.of("status", "priority")
                .filter(word -> step == null || !step.path(word).equals(view.path(word)))
                .count();
    }

    private static boolean goesWell(ConformanceCase one) {
        return one.failure() == null && one.exchanges().stream().allMatch(CaseAnswers::isAnswer);
    }

    /** How many members only one of two bodies has. */
    private static int differences(JsonNode one, JsonNode other) {
        var left = members(one);
        var right = members(other);
        return (int) (left.stream().filter(member -> !right.contains(member)).count()
                + right.stream().filter(member -> !left.contains(member)).count());
    }

    private static Set<String> members(JsonNode node) {
        var members = new TreeSet<String>();
        collect(node, "", members);
        return members;
    }

    private static void collect(JsonNode node, String at, Set<String> members) {
        if (node == null || node.isNull()) {
            return;
        }
        members.add(at);
        node.properties().forEach(member -> collect(member.getValue(), at + "/" + member.getKey(), members));
    }
}
