package io.xtribe.fusionhub.platform;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.config.FusionConfig;

/**
 * A platform as its folder describes it and as it is configured.
 *
 * @param folder where it is described
 * @param descriptor what {@code platform.yaml} says
 * @param settings the values of its keys
 */
public record Platform(VendorFolder folder, Descriptor descriptor, PlatformSettings settings) {

    private static final Pattern SETTING = Pattern.compile("\\{([a-z-]+)}");

    /** The same, with the folder that the hub's configuration names. */
    public static Optional<Platform> find(String name, FusionConfig config, Config values) {
        return find(name, config.platformsPath(), values);
    }

    /**
     * Reads a platform's folder; empty when there is none of that name.
     *
     * @param path the folder with the mounted platforms, if there is one
     * @throws IllegalArgumentException when its descriptor cannot be read; the message says where and why
     */
    public static Optional<Platform> find(String name, Optional<Path> path, Config config) {
        return VendorFolder.find(name, path).map(folder -> {
            var descriptor = folder.descriptor();
            return new Platform(folder, descriptor, new PlatformSettings(descriptor, config));
        });
    }

    public String name() {
        return descriptor.name();
    }

    /** The headers of every request, the secret ones among them. */
    Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        descriptor.headers().forEach((header, written) -> headers.put(header, filled(written)));
        return headers;
    }

    /** What converge must know of it. */
    public PlatformProfile profile() {
        return new PlatformProfile(
                name(),
                descriptor.records().parts(),
                descriptor.records().uniqueKey(),
                settings.timeout(),
                settings.duration("settle"));
    }

    private String filled(String written) {
        return SETTING.matcher(written)
                .replaceAll(place ->
                        Matcher.quoteReplacement(settings.text(place.group(1)).orElse("")));
    }
}
