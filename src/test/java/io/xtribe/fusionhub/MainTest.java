package io.xtribe.fusionhub;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MainTest {

    /** The script asks for it by name and goes on without a cache when it fails, so that nobody would notice. */
    @Test
    void knowsTheCommandThatTheScriptMakesTheCacheWith() throws IOException {
        var asked = Pattern.compile("-jar \"\\$APP_JAR\" ([a-z-]+) ").matcher(Files.readString(Path.of("bin/fusion")));

        assertThat(asked.find()).isTrue();
        assertThat(Main.commandLine().getSubcommands()).containsKey(asked.group(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"taken", "70000", "secret"})
    void saysInAFewLinesWhyTheSandboxDoesNotStart(String how) throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = Integer.toString(other.getLocalPort());
            var errors = new StringWriter();
            var arguments =
                    switch (how) {
                        case "taken" -> new String[] {"sandbox", "--port", port};
                        case "secret" -> new String[] {"sandbox", "--webhook-secret", "jira=x"};
                        default -> new String[] {"sandbox", "--port", how};
                    };

            var exit = Main.commandLine().setErr(new PrintWriter(errors)).execute(arguments);

            assertThat(exit).isNotZero();
            assertThat(errors.toString())
                    .contains(how.equals("secret") ? "jira" : "--port")
                    .doesNotContain("\tat ");
            if (how.equals("taken")) {
                assertThat(errors.toString().lines()).hasSize(1);
                assertThat(errors.toString()).contains("127.0.0.1:" + port, "Address already in use");
            }
        }
    }
}
