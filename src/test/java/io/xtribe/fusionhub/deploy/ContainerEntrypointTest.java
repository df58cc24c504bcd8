package io.xtribe.fusionhub.deploy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What bin/container-entrypoint makes of its arguments, with a java that only prints them. */
class ContainerEntrypointTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeJava() throws IOException {
        var java = folder.resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\necho \"options: ${FUSION_JAVA_OPTS-none}\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private List<String> said(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(Stream.concat(Stream.of("bin/container-entrypoint"), Stream.of(arguments))
                .toList());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        builder.environment().remove("FUSION_JAVA_OPTS");
        builder.environment().putAll(environment);
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return text.lines().toList();
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws IOException, InterruptedException {
        var said = said(Map.of(), "job", "reconcile", "--since=", "--by=Jane Doe; $(id)");

        assertThat(said)
                .containsSubsequence("job", "reconcile", "--since=", "--by=Jane Doe; $(id)")
                .contains("-XX:+CrashOnOutOfMemoryError", "-XX:MaxNewSize=96m", "-Xmx448m")
                // Its code is 3, with which a job says that something is left to do.
                .doesNotContain("-XX:+ExitOnOutOfMemoryError");
        assertThat(said(Map.of(), "serve")).contains("-XX:+ExitOnOutOfMemoryError", "-Xmx208m");
    }

    /** The hub would take it for a setting of its own. */
    @Test
    void takesOptionsOfJavaAndKeepsThemFromTheHub() throws IOException, InterruptedException {
        var said = said(Map.of("FUSION_JAVA_OPTS", "-Xmx1g -XX:AOTMode=on"), "serve");

        assertThat(said)
                .containsSubsequence(
                        "-XX:+ExitOnOutOfMemoryError", "-Xmx1g", "-XX:AOTMode=on", "serve", "options: none")
                .doesNotContain("-Xmx208m");
    }
}
