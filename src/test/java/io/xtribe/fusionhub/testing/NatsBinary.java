package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The path of a nats-server for this machine: named by who runs the tests, else what {@code bin/fusion} finds. */
public final class NatsBinary {
    private NatsBinary() {}

    /** Looked for once per JVM: the script may have to fetch the server. */
    public static String path() {
        return Found.PATH;
    }

    /** The system property {@code fusion.nats.server}, else the variable {@code NATS_SERVER}. */
    static Optional<String> named() {
        return Stream.of(
                        System.getProperty("fusion.nats.server", ""),
                        System.getenv().getOrDefault("NATS_SERVER", ""))
                .filter(path -> !path.isBlank())
                .findFirst();
    }

    private static final class Found {
        private static final String PATH = named().orElseGet(Found::ask);

        private static String ask() {
            Path script = Path.of("bin", "fusion").toAbsolutePath();
            if (!Files.isExecutable(script)) {
                throw new IllegalStateException(
                        "No nats-server: set NATS_SERVER to its path, as there is no " + script);
            }
            try {
                Process process = new ProcessBuilder(script.toString(), "nats", "--where")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0 || output.isEmpty()) {
                    throw new IllegalStateException("bin/fusion nats --where found no nats-server: " + output);
                }
                return output;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
