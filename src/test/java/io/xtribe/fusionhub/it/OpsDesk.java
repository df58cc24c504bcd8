package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** The vendor of src/test/resources/platforms/opsdesk: tickets over HTTP, as its folder says. */
final class OpsDesk implements AutoCloseable {
    static final String TOKEN = "opsdesk-token";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, ObjectNode> tickets = new ConcurrentSkipListMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicBoolean losesAnswer = new AtomicBoolean();
    private final HttpServer server;

    OpsDesk() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/api/tickets", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<JsonNode> tickets() {
        return List.copyOf(tickets.values());
    }

    /** For example {@code POST /api/tickets}, in the order of arrival. */
    List<String> calls() {
        return calls;
    }

    /** A person opens a ticket; yields what its webhook says. */
    byte[] logged(String title, String level, String board) {
        var ticket = opened(JSON.createObjectNode()
                .put("board", board)
                .put("externalKey", "")
                .put("title", title)
                .put("level", level)
                .put("state", "new"));
        var body = JSON.createObjectNode()
                .put("delivery", "delivery-" + ticket.path("id").asText())
                .put("desk", "acme")
                .put("event", "opened");
        body.set("ticket", ticket);
        try {
            return JSON.writeValueAsBytes(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next ticket is opened, and the answer does not come. */
    void loseNextAnswer() {
        losesAnswer.set(true);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            calls.add(exchange.getRequestMethod() + " " + path);
            if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            var answer = answer(exchange, path.substring("/api/tickets".length()));
            if (exchange.getRequestMethod().equals("POST") && losesAnswer.getAndSet(false)) {
                // The connection is closed without a word.
                return;
            }
            var bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private JsonNode answer(HttpExchange exchange, String rest) throws IOException {
        var body = JSON.readTree(exchange.getRequestBody());
        if (rest.isEmpty()) {
            return exchange.getRequestMethod().equals("POST") ? opened((ObjectNode) body) : found(exchange);
        }
        var ticket = tickets.get(rest.split("/")[1]);
        if (rest.endsWith("/links")) {
            ticket.withArrayProperty("links").addAll((ArrayNode) body.path("links"));
            changed(ticket);
        } else if (body instanceof ObjectNode changes) {
            ticket.setAll(changes);
            changed(ticket);
        }
        return ticket;
    }

    private ObjectNode opened(ObjectNode ticket) {
        var id = String.valueOf(numbers.incrementAndGet());
        changed(ticket.put("id", id));
        tickets.put(id, ticket);
        return ticket;
    }

    private JsonNode found(HttpExchange exchange) {
        var query = String.valueOf(exchange.getRequestURI().getQuery());
        var list = JSON.createObjectNode();
        var matching = list.putArray("tickets");
        tickets.values().stream()
                .filter(ticket ->
                        query.equals("key=" + ticket.path("externalKey").asText()))
                .forEach(matching::add);
        return list;
    }

    private static void changed(ObjectNode ticket) {
        ticket.put("revision", ticket.path("revision").asInt() + 1)
                .put("changed", Instant.now().toString());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
