package io.xtribe.fusionhub.edge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.signal.DeadLetterClass;

/** A golden case; what its members mean is said in {@code src/test/resources/edge/README.md}. */
record EdgeCase(String name, JsonNode json) {

    static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RESOURCES = Path.of("src", "test", "resources");
    private static final Path FOLDER = RESOURCES.resolve("edge");
    private static final String SECRETS = "secrets.json";
    private static final String FILLER = "{\"filler\":\"";

    static List<EdgeCase> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.endsWith(SECRETS))
                    .sorted()
                    .map(EdgeCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EdgeCase read(Path file) {
        try {
            return new EdgeCase(file.getFileName().toString().replace(".json", ""), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The accepted secrets of a source, as they are configured: with a comma between. */
    static String secrets(String source) {
        var both = secrets().path(source);
        return both.path("old").asText() + "," + both.path("new").asText();
    }

    private static JsonNode secrets() {
        try {
            return JSON.readTree(FOLDER.resolve(SECRETS).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String source() {
        return json.at("/request/source").asText();
    }

    Path catalogue() {
        return FOLDER.resolve(json.path("catalogue").asText("services.csv"));
    }

    /** The body before any compression. */
    byte[] body() {
        var request = json.path("request");
        if (request.has("bodyFile")) {
            return bytes(RESOURCES.resolve(request.path("bodyFile").asText()));
        }
        if (request.has("bodyBase64")) {
            return Base64.getDecoder().decode(request.path("bodyBase64").asText());
        }
        if (request.has("bodyOfBytes")) {
            var length = request.path("bodyOfBytes").asInt();
            return (FILLER + "a".repeat(length - FILLER.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
        }
        return request.path("body").asText().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        json.at("/request/headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        var sign = json.at("/request/sign");
        if (sign.isObject()) {
            var timestamp = String.valueOf(
                    Instant.now().getEpochSecond() - sign.path("secondsAgo").asLong());
            headers.put("X-Fusion-Timestamp", timestamp);
            headers.put("X-Fusion-Signature", "sha256=" + digest(sign, timestamp));
        }
        return headers;
    }

    private String digest(JsonNode sign, String timestamp) {
        var secret = secrets().path(source()).path(sign.path("secret").asText()).asText();
        var mac = hmac(secret, timestamp);
        return switch (sign.path("digest").asText()) {
            case "base64" -> Base64.getEncoder().encodeToString(mac);
            case "hex" -> HexFormat.of().formatHex(mac);
            case "none" -> "0".repeat(64);
            default -> throw new IllegalArgumentException(name + ": unknown digest");
        };
    }

    private byte[] hmac(String secret, String timestamp) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The CloudEvent that it is to become, but for the time; empty where it is to become none. */
    JsonNode event() throws IOException {
        var event = json.path("event");
        if (event.isObject() && !event.has("data")) {
            ((ObjectNode) event).set("data", JSON.readTree(body()));
        }
        return event;
    }

    String noise() {
        return json.path("noise").asText();
    }

    /** Whether both keep it as a dead letter for what the mapping does not know of it. */
    boolean isLetter() {
        return json.has("letter");
    }

    /** How the reason begins for which the hub's intake makes a dead letter of the event, or an empty text. */
    String notUnderstood() {
        return json.path("notUnderstood").asText();
    }

    String refusal() {
        return isLetter()
                ? json.path("letter").asText()
                : json.at("/refused/reason").asText();
    }

    /** The class of the dead letter. */
    String letterClass() {
        return isLetter()
                ? DeadLetterClass.NOT_UNDERSTOOD.wireName()
                : json.at("/refused/class").asText();
    }

    /** What Vector answers to what it refuses. */
    int answerOfVector() {
        return isLetter() ? 200 : json.at("/refused/vector").asInt();
    }

    @Override
    public String toString() {
        return name;
    }
}
