package io.xtribe.fusionhub.setup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The packaged files that are installed at platforms. */
final class Templates {

    private Templates() {}

    static String read(String name) {
        try (var file = Templates.class.getResourceAsStream("/setup/" + name)) {
            if (file == null) {
                throw new IllegalStateException("the application was packaged without setup/" + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
