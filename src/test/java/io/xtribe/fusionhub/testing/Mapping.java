package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.xtribe.fusionhub.platform.Mapping.Context;

/** Runs a mapping of a built-in platform. */
public final class Mapping {
    private static final Pattern VENDOR = Pattern.compile("(datadog|servicenow|pagerduty)-(.+)");
    private static final Map<String, io.xtribe.fusionhub.platform.Mapping> PLATFORM_MAPPINGS =
            new ConcurrentHashMap<>();
    private static final ObjectMapper JSON = new ObjectMapper();

    private Mapping() {}

    /**
     * What the mapping makes of a body, or null when it yields nothing.
     *
     * @param file for example {@code pagerduty-open}
     * @param properties stand for the settings of the platform
     */
    public static JsonNode apply(String file, JsonNode body, Map<String, String> properties) {
        var vendor = VENDOR.matcher(file);
        if (vendor.matches()) {
            return ofPlatform(vendor.group(1), vendor.group(2), body, properties);
        }
        throw new IllegalArgumentException("no mapping of a platform: " + file);
    }

    public static JsonNode apply(String file, JsonNode body) {
        return apply(file, body, Map.of());
    }

    /** JSON with single quotes for double ones, easier to read within Java. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** The properties stand for the settings of the platform. */
    private static JsonNode ofPlatform(String vendor, String file, JsonNode body, Map<String, String> settings) {
        return PLATFORM_MAPPINGS
                .computeIfAbsent(vendor + "/" + file + ".jq", Mapping::read)
                .apply(body, new Context(body, JSON.valueToTree(settings), JSON.createObjectNode(), null));
    }

    private static io.xtribe.fusionhub.platform.Mapping read(String file) {
        try {
            return io.xtribe.fusionhub.platform.Mapping.compile(
                    file, Files.readString(Path.of("src/main/resources/routes/platforms", file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
