package io.xtribe.fusionhub.access;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Callable;

import at.favre.lib.crypto.bcrypt.BCrypt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a line for the users file. The line goes to standard output, so that it can be appended to the file. */
@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        description = "Makes a line for the file of those who may log in, with a new password that it tells once.")
public final class UserCommand implements Callable<Integer> {

    private static final int COST = 12;
    private static final int PASSWORD_BYTES = 15;
    private static final int SHORTEST_PASSWORD = 12;

    @Parameters(paramLabel = "<name>", description = "With which somebody logs in.")
    String name;

    @Option(names = "--role", paramLabel = "<role>", required = true, description = "viewer, operator or admin.")
    String role;

    @Option(
            names = "--password-stdin",
            description =
                    "The password is the first line of standard input: 12 to 72 bytes. Default: a new one is made up.")
    boolean ownPassword;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!Users.isName(name)) {
            throw wrong("a name has " + Users.NAMES);
        }
        var asked = Role.of(role).orElseThrow(() -> wrong("--role is viewer, operator or admin"));
        var password = ownPassword ? given() : newPassword();
        spec.commandLine().getOut().println(line(name, asked, password));
        spec.commandLine().getOut().flush();
        if (!ownPassword) {
            spec.commandLine().getErr().println("The password of " + name + " is told only now: " + password);
        }
        return 0;
    }

    /** The line of the users file for somebody with this password. */
    public static String line(String name, Role role, String password) {
        return name + ":" + role.key() + ":" + BCrypt.withDefaults().hashToString(COST, password.toCharArray());
    }

    /** A password that nobody can guess: 20 characters that stand for 120 random bits. */
    public static String newPassword() {
        var bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private String given() throws IOException {
        var read = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        var bytes = read == null ? 0 : read.getBytes(StandardCharsets.UTF_8).length;
        if (bytes < SHORTEST_PASSWORD || bytes > PasswordLogin.LONGEST_PASSWORD) {
            throw wrong("a password has " + SHORTEST_PASSWORD + " to " + PasswordLogin.LONGEST_PASSWORD
                    + " bytes; this one has " + bytes);
        }
        return read;
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
