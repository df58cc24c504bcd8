package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.xtribe.fusionhub.access.Role;
import io.xtribe.fusionhub.access.UserCommand;

/** Who may use the hub of a demo: an admin and a token, both made up anew for each demo. */
final class DemoAccess {
    static final String USER = "admin";

    private final Path users;
    private final String password = UserCommand.newPassword();
    private final String token = UserCommand.newPassword();

    /** @param folder which is removed when the demo ends */
    DemoAccess(Path folder) throws IOException {
        users = folder.resolve("users");
        Files.write(users, List.of(UserCommand.line(USER, Role.ADMIN, password)));
    }

    String password() {
        return password;
    }

    /** An operator's. */
    String token() {
        return token;
    }

    /** What the hub has to be told. */
    Map<String, String> settings() {
        return Map.of("FUSION_USERS_FILE", users.toString(), "FUSION_API_TOKEN", token);
    }
}
