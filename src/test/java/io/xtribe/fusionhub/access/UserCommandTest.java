package io.xtribe.fusionhub.access;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

class UserCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandLine(new UserCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void tellsTheNewPasswordOnceAndNotWhereTheLineGoes() throws Exception {
        assertThat(run("jane", "--role", "operator")).isZero();
        String password = err.toString().strip().replaceFirst(".* ", "");
        assertThat(out.toString()).hasLineCount(1).doesNotContain(password);
        assertThat(Users.parse(List.of(out.toString().strip())).find("jane"))
                .hasValueSatisfying(
                        user -> assertThat(user.isPassword(password)).isTrue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "", "x123456789012345678901234567890123456789012345678901234567890123456789012"})
    void aPasswordThatCannotBeUsedIsRefused(String password) {
        assertThat(withInput(password, "jane", "--role", "viewer", "--password-stdin"))
                .isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("a password has 12 to 72 bytes; this one has " + password.length());
    }

    @Test
    void anOwnPasswordIsRead() throws Exception {
        assertThat(withInput("correct horse battery\nmore", "jane", "--role", "viewer", "--password-stdin"))
                .isZero();
        assertThat(Users.parse(List.of(out.toString().strip())).find("jane"))
                .hasValueSatisfying(user ->
                        assertThat(user.isPassword("correct horse battery")).isTrue());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void wrongNamesAndRolesAreRefused() {
        assertThat(run("jane:x", "--role", "viewer")).isEqualTo(2);
        assertThat(run("jane", "--role", "boss")).isEqualTo(2);
        assertThat(run("jane")).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }

    private int withInput(String text, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        try {
            return run(arguments);
        } finally {
            System.setIn(before);
        }
    }
}
