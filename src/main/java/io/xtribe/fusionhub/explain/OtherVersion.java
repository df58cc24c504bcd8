package io.xtribe.fusionhub.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.Config;

import io.xtribe.fusionhub.platform.Platform;
import io.xtribe.fusionhub.startup.RoutesOfFolder;

/**
 * Routes and mappings in a folder: that of each platform, as {@code fusion.platforms-path} has them, and route files of the hub, as {@code
 * fusion.routes-path} has them.
 *
 * @param platforms those that the folder holds, by name
 * @param routeFiles those that the folder holds, by the name of the built-in one
 */
record OtherVersion(Map<String, Platform> platforms, Map<String, Path> routeFiles) {

    private static final String DESCRIPTOR = "platform.yaml";

    /**
     * Reads it.
     *
     * @param names the platforms that take part
     * @throws IllegalArgumentException when it holds nothing of the kind, or something that cannot be used; the message says why
     */
    static OtherVersion of(Path folder, Collection<String> names, Config values) {
        var platforms = new LinkedHashMap<String, Platform>();
        for (var name : names) {
            Platform.find(name, Optional.of(folder), values)
                    .filter(found -> Files.exists(folder.resolve(name).resolve(DESCRIPTOR)))
                    .ifPresent(found -> platforms.put(name, checked(found)));
        }
        var files = files(folder);
        if (platforms.isEmpty() && files.isEmpty()) {
            throw new IllegalArgumentException(folder
                    + " holds neither the folder of a platform that takes part, such as "
                    + folder.resolve(names.iterator().next()).resolve(DESCRIPTOR) + ", nor one of the route files "
                    + RehearsedRoutes.FILES
                    + (Files.exists(folder.resolve(DESCRIPTOR)) ? ": name the folder above it" : ""));
        }
        return new OtherVersion(platforms, files);
    }

    private static Platform checked(Platform platform) {
        var problems = new RoutesOfFolder().problems(platform);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("the folder of " + platform.name() + " cannot be used:"
                    + System.lineSeparator() + String.join(System.lineSeparator(), problems));
        }
        return platform;
    }

    private static Map<String, Path> files(Path folder) {
        var files = new TreeMap<String, Path>();
        try (Stream<Path> found = Files.list(folder)) {
            found.filter(Files::isRegularFile)
                    .filter(file ->
                            RehearsedRoutes.FILES.contains(file.getFileName().toString()))
                    .forEach(file -> files.put(file.getFileName().toString(), file.toAbsolutePath()));
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
        return files;
    }

    /** What it holds, for people. */
    String words() {
        return String.join(
                ", ",
                Stream.concat(platforms.keySet().stream(), routeFiles.keySet().stream())
                        .toList());
    }
}
