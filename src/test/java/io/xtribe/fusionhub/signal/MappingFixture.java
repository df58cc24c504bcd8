package io.xtribe.fusionhub.signal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.testing.BuiltIn;
import io.xtribe.fusionhub.testing.Mapping;
import io.xtribe.fusionhub.testing.Signals;
import io.xtribe.fusionhub.testing.Webhooks;

/** Webhook bodies, recorded ones among them, and the signals that the mapping files make of them. */
abstract class MappingFixture {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String INSTANCE = "https://dev00000.service-now.com";
    static final String OURS = "fx-3f2c9a7be1d04c56a8b7e0d912f4c6aa";
    static final PlatformKey OUR_KEY = new PlatformKey(OURS, 1);

    private static final Instant RECEIVED = Instant.parse("2026-01-31T13:00:00Z");

    /** The signal, by way of the mapping and of the reader, as the intake makes it. */
    static Signal signalOf(String source, JsonNode body) {
        var mapped = Mapping.apply(source + "-signal", body, Map.of("url", INSTANCE));
        var envelope = new CloudEvent("delivery", source, source + ".event", RECEIVED, RoutingHints.NONE, body);
        return SignalReader.read(envelope, mapped, BuiltIn.words(source), word -> {});
    }

    static ObjectNode body(String path) {
        try {
            return (ObjectNode) JSON.readTree(Webhooks.body(path).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All recorded bodies, as {@code <source>/<what-happened>}. */
    static Stream<String> recordedBodies() throws IOException {
        var root = Path.of("src/test/resources/webhooks");
        try (var files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .map(file -> root.relativize(file).toString().replace(".json", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    static Instant at(String time) {
        return Instant.parse("2026-01-31T" + time + "Z");
    }

    /** What the mapping makes of a body that means nothing to us. */
    static Signal noise(String source, String reason) {
        return Signals.of(
                "delivery",
                source,
                SignalKind.NOISE,
                reason,
                null,
                null,
                "",
                "",
                null,
                "",
                "",
                "",
                "",
                RECEIVED,
                -1,
                RoutingHints.NONE,
                false,
                "");
    }
}
