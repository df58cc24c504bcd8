package io.xtribe.fusionhub.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the demo runs.
 *
 * @param java the java that runs the demo itself
 * @param jar the packaged application
 * @param natsServer a nats-server binary
 */
record Installation(Path java, Path jar, Path natsServer) {

    /** Finds them, or says what to do. */
    static Installation find() throws DemoFailure {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new Installation(java, ownJar(), findNats());
    }

    /** {@code java -jar} leaves exactly the jar on the class path. */
    private static Path ownJar() throws DemoFailure {
        Path jar = Path.of(System.getProperty("java.class.path"));
        if (!jar.toString().endsWith(".jar") || !Files.isRegularFile(jar)) {
            throw new DemoFailure("The demo starts further processes of the packaged application: run bin/fusion demo,"
                    + " or java -jar target/quarkus-app/quarkus-run.jar demo");
        }
        return jar.toAbsolutePath().normalize();
    }

    private static Path findNats() throws DemoFailure {
        String named = System.getenv("NATS_SERVER");
        if (named != null && !named.isBlank()) {
            if (!Files.isExecutable(Path.of(named))) {
                throw new DemoFailure("NATS_SERVER is set to " + named + ", which is not an executable file.");
            }
            return Path.of(named);
        }
        return onPath("nats-server")
                .orElseThrow(() -> new DemoFailure("Found no nats-server: run bin/fusion demo, which finds one, or set"
                        + " NATS_SERVER to the path of one."));
    }

    static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Where the logs go: {@code demo} beside the application's folder, or below the given one if that fails. */
    Path logs(Path otherwise) throws IOException {
        Path target = jar.getParent().getParent();
        if (target != null && target.endsWith("target")) {
            Path beside = target.resolve("demo");
            try {
                return Files.createDirectories(beside);
            } catch (IOException notWritable) {
                return Files.createDirectories(otherwise.resolve("logs"));
            }
        }
        return Files.createDirectories(otherwise.resolve("logs"));
    }
}
