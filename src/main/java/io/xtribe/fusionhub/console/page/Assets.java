package io.xtribe.fusionhub.console.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The page's files beside its templates: browsers keep them for a day, and ask for another address once they have changed. */
@Singleton
@Named("assets")
public class Assets {

    private static final String FOLDER = "META-INF/resources/console/";
    private static final List<String> FILES = List.of("console.css", "console.js");

    private final String version = read();

    /** Another one when a file is another one. */
    public String version() {
        return version;
    }

    private static String read() {
        var sum = new CRC32();
        for (var file : FILES) {
            try (var content = Assets.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
                sum.update(content.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return Long.toHexString(sum.getValue());
    }
}
