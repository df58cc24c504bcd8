package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * An archive of the loaded classes of a hub that has just started (class data sharing, JEP 350). The tests start some
 * hundred hubs, and one that maps the archive needs a third less CPU until it is ready. It is made once for each build and
 * JDK, by the first test process that needs it; the application then runs from a flat class path, as it does on JDK 25,
 * since an archive holds nothing that Quarkus' own class loader has loaded.
 */
final class HubArchive {
    private static final Path APPLICATION = Path.of("target", "quarkus-app");
    private static final Path FOLDER = Path.of("target", "hub-archive");
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Map<String, String> NOWHERE = Map.ofEntries(
            Map.entry("FUSION_DATADOG_URL", "http://127.0.0.1:1"),
            Map.entry("FUSION_DATADOG_APP_URL", "http://127.0.0.1:1"),
            Map.entry("FUSION_SERVICENOW_URL", "http://127.0.0.1:1"),
            Map.entry("FUSION_PAGERDUTY_URL", "http://127.0.0.1:1"));

    private final Path javaHome;
    private final Path file;

    private HubArchive(Path javaHome) {
        this.javaHome = javaHome;
        this.file = FOLDER.resolve(Integer.toHexString(javaHome.toString().hashCode()) + ".jsa");
    }

    /** The options of java that run the application from the archive, the main class included. */
    static List<String> launch(Path javaHome) {
        var archive = new HubArchive(javaHome);
        archive.make();
        var options = new ArrayList<>(List.of("-XX:SharedArchiveFile=" + archive.file, "-Xlog:cds=off"));
        options.addAll(archive.application());
        return options;
    }

    /** In turn: a file lock keeps other processes out, and fails for a second thread of this one. */
    private void make() {
        synchronized (HubArchive.class) {
            makeAlone();
        }
    }

    private void makeAlone() {
        try {
            Files.createDirectories(FOLDER);
            try (var lock = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var held = lock.lock()) {
                if (!isFresh()) {
                    dump();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + file.toAbsolutePath(), e);
        }
    }

    private boolean isFresh() throws IOException {
        var jar = APPLICATION.resolve("quarkus-run.jar");
        return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(jar)) > 0;
    }

    /** Lets a hub become ready and end: Java writes the archive then. */
    private void dump() throws IOException {
        var draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        var options = new ArrayList<>(List.of("-XX:ArchiveClassesAtExit=" + draft, "-Xlog:cds=off"));
        options.addAll(application());
        try (var nats = NatsServer.start();
                var hub = HubProcess.builder("HubArchive")
                        .nats(nats.url())
                        .sandboxAccess(NOWHERE)
                        .launch(options)
                        .start()) {
            hub.awaitReady();
            hub.askToStop();
            await().atMost(LIMIT).until(() -> !hub.isAlive());
        }
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<String> application() {
        var classPath = Stream.of("quarkus", "app", "lib/boot", "lib/main")
                .flatMap(HubArchive::jars)
                .map(Path::toString)
                .collect(Collectors.joining(System.getProperty("path.separator")));
        return List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                // Quarkus' own entry point, which is not used here, sets it first of all.
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-cp",
                classPath,
                "io.xtribe.fusionhub.Main");
    }

    /** Of the two jars that Quarkus makes, "transformed" has to come before "generated": the later in the alphabet first. */
    private static Stream<Path> jars(String part) {
        try (var files = Files.list(APPLICATION.resolve(part))) {
            return files
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted((one, other) -> other.compareTo(one))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
