package io.xtribe.fusionhub.lab.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What runs on this machine.
 *
 * @param java the java that runs this process itself
 * @param jar the packaged application
 * @param natsServer a nats-server binary
 */
public record Installation(Path java, Path jar, Path natsServer) {

    /** Finds them, or says what to do. */
    public static Installation find() throws LocalFailure {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Installation(java, ownJar(), findNats());
    }

    /** {@code java -jar} leaves exactly the jar on the class path. */
    private static Path ownJar() throws LocalFailure {
        Path jar = Path.of(System.getProperty("java.class.path"));
        if (!jar.toString().endsWith(".jar") || !Files.isRegularFile(jar)) {
            throw new LocalFailure("This starts further processes of the packaged application: run it by bin/fusion,"
                    + " or as java -jar target/quarkus-app/quarkus-run.jar");
        }
        return jar.toAbsolutePath().normalize();
    }

    private static Path findNats() throws LocalFailure {
        String named = System.getenv("NATS_SERVER");
        if (named != null && !named.isBlank()) {
            if (!Files.isExecutable(Path.of(named))) {
                throw new LocalFailure("NATS_SERVER is set to " + named + ", which is not an executable file.");
            }
            return Path.of(named);
        }
        return onPath("nats-server")
                .orElseThrow(
                        () -> new LocalFailure("Found no nats-server: run it by bin/fusion, which finds one, or set"
                                + " NATS_SERVER to the path of one."));
    }

    public static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where the logs go: a folder of this name beside the application's, or below the given one if that fails. */
    public Path logs(String name, Path otherwise) throws IOException {
        Path target = jar.getParent().getParent();
        if (target != null && target.endsWith("target")) {
            Path beside = target.resolve(name);
            try {
                return Files.createDirectories(beside);
            } catch (IOException notWritable) {
                return Files.createDirectories(otherwise.resolve("logs"));
            }
        }
        return Files.createDirectories(otherwise.resolve("logs"));
    }
}
