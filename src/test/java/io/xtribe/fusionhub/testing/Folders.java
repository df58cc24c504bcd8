package io.xtribe.fusionhub.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Folders of files that a test changes a copy of. */
public final class Folders {

    private Folders() {}

    /** Copies a folder with all that is in it; {@code to} must not exist, its parent must. */
    public static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
