package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import io.xtribe.fusionhub.lab.local.LocalFailure;

/** Finds an installed Java by its version. */
final class Jdks {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of("/Library/Java/JavaVirtualMachines"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"));

    private Jdks() {}

    /** The {@code java} of that feature version, or the one that runs this process for null. */
    static Path java(Integer version) throws LocalFailure {
        var own = Path.of(System.getProperty("java.home"));
        if (version == null || Runtime.version().feature() == version) {
            return java(own);
        }
        for (var home : homes()) {
            if (version(home) == version) {
                return java(home);
            }
        }
        throw new LocalFailure("Found no JDK " + version + ": set JAVA_HOME_" + version + " to its folder.");
    }

    /** The feature version that a Java's {@code release} file names, or 0. */
    static int version(Path home) {
        return Integer.parseInt(release(home, "JAVA_VERSION").split("\\D")[0]);
    }

    /** The whole version that a Java's {@code release} file names, for example {@code 25.0.1+8-LTS}, or 0. */
    static String runtimeVersion(Path home) {
        return release(home, "JAVA_RUNTIME_VERSION");
    }

    private static String release(Path home, String key) {
        var release = new Properties();
        try (var in = Files.newInputStream(home.resolve("release"))) {
            release.load(in);
        } catch (IOException none) {
            return "0";
        }
        return release.getProperty(key, "0").replace("\"", "");
    }

    private static Path java(Path home) {
        return home.resolve("bin").resolve("java");
    }

    private static List<Path> homes() {
        var homes = new ArrayList<Path>();
        System.getenv().forEach((name, value) -> {
            if (name.matches("JAVA_HOME_\\d+.*")) {
                homes.add(Path.of(value));
            }
        });
        for (var place : PLACES) {
            try (Stream<Path> found = Files.list(place)) {
                found.forEach(home -> {
                    homes.add(home);
                    homes.add(home.resolve("Contents").resolve("Home"));
                });
            } catch (IOException notThere) {
                // Another place may have it.
            }
        }
        return homes;
    }
}
