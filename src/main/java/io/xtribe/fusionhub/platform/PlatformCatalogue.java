package io.xtribe.fusionhub.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.catalogue.CatalogueColumns;

/** All platforms that there is a folder for: the built-in ones, whether they take part or not, and the mounted ones. */
public final class PlatformCatalogue {

    /** The names of the built-in ones, a line each: folders of a jar cannot be listed in every way of starting. */
    private static final String BUILT_IN = "/routes/platforms/built-in.txt";

    private PlatformCatalogue() {}

    /**
     * Reads their descriptors.
     *
     * @param problems where a line is added for each descriptor that cannot be read
     */
    static Map<String, Platform> read(Config values, Collection<String> problems) {
        var path = values.getOptionalValue("fusion.platforms-path", Path.class);
        var names = new LinkedHashSet<>(builtIn());
        names.addAll(values.getOptionalValues("fusion.platforms", String.class).orElse(List.of()));
        var platforms = new TreeMap<String, Platform>();
        for (var name : names) {
            try {
                Platform.find(name, path, values).ifPresent(platform -> platforms.put(name, platform));
            } catch (IllegalArgumentException e) {
                if (isMounted(name, path)) {
                    // The hub starts without it: UsableFolders.
                    Platform.find(name, Optional.empty(), values).ifPresent(builtIn -> platforms.put(name, builtIn));
                } else {
                    problems.add(e.getMessage());
                }
            }
        }
        return platforms;
    }

    /** Whether there is a mounted folder for a platform, be it usable or not. */
    static boolean isMounted(String name, Optional<Path> path) {
        return VendorFolder.find(name, path).filter(VendorFolder::isMounted).isPresent();
    }

    /** The keys of all platforms; any key of a platform whose descriptor cannot be read. */
    public static Collection<String> keys(Config values) {
        var keys = new TreeSet<String>();
        var known = read(values, new ArrayList<>());
        values.getOptionalValues("fusion.platforms", String.class).orElse(List.of()).stream()
                .filter(name -> !known.containsKey(name))
                .forEach(name -> keys.add("fusion." + name + ".*"));
        known.values().forEach(platform -> platform.descriptor().settings().keySet().stream()
                .map(platform.settings()::key)
                .forEach(keys::add));
        return keys;
    }

    /**
     * The columns of a service catalogue: those of the built-in platforms, whether they take part or not, then those of the
     * mounted ones. A hint that two platforms name is the first one's.
     */
    public static CatalogueColumns columns(Config values) {
        var path = values.getOptionalValue("fusion.platforms-path", Path.class);
        var columns = new HintColumns();
        builtIn().forEach(name -> columns.add(VendorFolder.find(name, Optional.empty())));
        values.getOptionalValues("fusion.platforms", String.class).orElse(List.of()).stream()
                .map(name -> VendorFolder.find(name, path).filter(VendorFolder::isMounted))
                .forEach(columns::add);
        return columns.all();
    }

    /** The names of the built-in platforms. */
    public static List<String> builtIn() {
        try (var in = PlatformCatalogue.class.getResourceAsStream(BUILT_IN)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
