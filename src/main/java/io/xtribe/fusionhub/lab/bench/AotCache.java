package io.xtribe.fusionhub.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.xtribe.fusionhub.lab.local.Installation;

/**
 * What a hub on JDK 25 or later starts from: loaded classes and the profiles of its methods, as a training run left
 * them (JEP 483, 514, 515). It fits one JDK and one build; the JVM goes on without one that does not fit.
 */
final class AotCache {

    /** The first Java that makes a cache in one go. */
    static final int SINCE = 25;

    private static final Duration ASSEMBLY = Duration.ofMinutes(3);

    /**
     * Some methods of CXF take 60 MB of memory to compile. A method that would take more than the limit stays as the fast
     * compiler made it. Memory that the compilers no longer use is returned to the system every 3 s, where the C library can (JDK-8293114).
     * (JDK 22 and later know these, so they are with the other options of such a JDK.)
     */
    private static final List<String> FRUGAL = List.of(
            "-XX:CompileCommand=quiet", "-XX:CompileCommand=MemLimit,*.*,24m", "-XX:TrimNativeHeapInterval=3000");

    /** Shows whether the kernel has huge pages on request. Only Linux has this file, and only JVMs on Linux have the option. */
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    private final Path application;
    private final Path folder;
    private final String version;

    /** The cache of the packaged application for that java. */
    AotCache(Installation installation, Path java) {
        this.application = installation.jar().getParent();
        this.folder = application.resolveSibling("aot");
        this.version = Jdks.runtimeVersion(java.getParent().getParent());
    }

    /** Options for java, as an argument file; there once the cache is made. */
    Path arguments() {
        return folder.resolve(version + ".args");
    }

    /**
     * What an attempt leaves behind that is under way or has failed: its Java, then its process or a word. bin/fusion reads
     * it.
     */
    Path failure() {
        return folder.resolve(version + ".failed");
    }

    /** Held by who makes the cache. */
    Path lock() throws IOException {
        return Files.createDirectories(folder).resolve(version + ".lock");
    }

    private Path file() {
        return folder.resolve(version + ".aot");
    }

    /** Whether it was made of the application as it is now. */
    boolean isFresh() throws IOException {
        var jar = application.resolve("quarkus-run.jar");
        return Files.exists(arguments())
                && Files.getLastModifiedTime(arguments()).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    /** Options for a java that makes the cache when it ends. */
    List<String> training() throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(arguments());
        Files.deleteIfExists(file());
        var options = new ArrayList<>(List.of("-XX:AOTCacheOutput=" + file()));
        options.addAll(launch());
        return options;
    }

    /** To be called when the trained java has ended; false when it left no cache. */
    boolean finish() throws IOException {
        if (!Files.exists(file())) {
            return false;
        }
        var options = new ArrayList<>(List.of("-XX:AOTCache=" + file()));
        options.addAll(FRUGAL);
        if (Files.exists(HUGE_PAGES) && !Files.readString(HUGE_PAGES).contains("[never]")) {
            options.add("-XX:+UseTransparentHugePages");
        }
        options.addAll(launch());
        // In one step: a hub that starts now reads all of it or nothing.
        var draft = folder.resolve(version + ".args.new");
        Files.write(
                draft,
                options.stream()
                        .map(option -> '"' + option.replace("\\", "\\\\") + '"')
                        .toList());
        Files.move(draft, arguments(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    /** How long the end of the training may take. */
    static Duration assembly() {
        return ASSEMBLY;
    }

    /** All jars on the class path, since the cache does not hold what Quarkus' own class loader has loaded. */
    private List<String> launch() throws IOException {
        var jars = new ArrayList<Path>();
        for (var part : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            try (Stream<Path> files = Files.list(application.resolve(part))) {
                // Of Quarkus' two, what was transformed goes before what was generated, and both before the originals.
                files.filter(file -> file.toString().endsWith(".jar"))
                        .sorted((one, other) -> part.equals("quarkus") ? other.compareTo(one) : one.compareTo(other))
                        .forEach(jars::add);
            }
        }
        var path = String.join(
                System.getProperty("path.separator"),
                jars.stream().map(Path::toString).toList());
        return List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // Quarkus' own entry point, which is not used here, sets it first of all.
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                path,
                "io.xtribe.fusionhub.Main");
    }
}
