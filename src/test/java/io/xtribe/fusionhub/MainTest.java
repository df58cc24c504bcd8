package io.xtribe.fusionhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {

    /** The script asks for it by name and goes on without a cache when it fails, so that nobody would notice. */
    @Test
    void knowsTheCommandThatTheScriptMakesTheCacheWith() throws IOException {
        var asked = Pattern.compile("-jar \"\\$APP_JAR\" ([a-z-]+) ").matcher(Files.readString(Path.of("bin/fusion")));

        assertThat(asked.find()).isTrue();
        assertThat(new CommandLine(new Main()).getSubcommands()).containsKey(asked.group(1));
    }
}
