package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The built application once more, with one of its route files or mappings edited. */
public final class ChangedApplication {
    private static final Path BUILT = Path.of("target", "quarkus-app");

    private static final Path LIBRARIES = BUILT.resolve("lib").resolve("main");

    private ChangedApplication() {}

    /**
     * Copies it into the folder, where its {@code target} and logs then are.
     *
     * @param resource a path on the class path, for example {@code routes/signals.camel.yaml}
     * @param edit its new text from its old one; null removes it
     * @return the jar to run
     */
    public static Path in(Path folder, String resource, UnaryOperator<String> edit) {
        var application = folder.resolve("target").resolve("quarkus-app");
        try {
            copy(application);
            try (Stream<Path> jars = Files.list(application.resolve("app"));
                    var jar = FileSystems.newFileSystem(jars.findFirst().orElseThrow())) {
                var file = jar.getPath(resource);
                var before = Files.readString(file);
                var after = edit.apply(before);
                assertThat(after).as("%s after the edit", resource).isNotEqualTo(before);
                if (after == null) {
                    Files.delete(file);
                } else {
                    Files.writeString(file, after);
                }
            }
            return application.resolve("quarkus-run.jar");
        } catch (IOException e) {
            throw new IllegalStateException("cannot copy " + BUILT.toAbsolutePath() + ": run ./mvnw package first", e);
        }
    }

    private static void copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(BUILT)) {
            for (var file : files.toList()) {
                var copy = to.resolve(BUILT.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (file.startsWith(LIBRARIES)) {
                    Files.createSymbolicLink(copy, file.toAbsolutePath());
                } else {
                    // Quarkus looks for the rest beside what a link points to.
                    Files.copy(file, copy);
                }
            }
        }
    }
}
