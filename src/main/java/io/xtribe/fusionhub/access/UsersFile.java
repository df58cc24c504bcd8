package io.xtribe.fusionhub.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.access.Users.InvalidUsersException;
import io.xtribe.fusionhub.access.Users.User;
import io.xtribe.fusionhub.config.ConfigurationCheck;
import io.xtribe.fusionhub.config.FusionConfig;

/**
 * The users file that {@code fusion.users-file} names. A changed one is taken up within a second, without a restart; one that is
 * wrong then is left out, and what was read before stays in force.
 */
@Singleton
public class UsersFile implements ConfigurationCheck {

    private static final Logger LOG = Logger.getLogger(UsersFile.class);
    private static final long LOOK_AGAIN_NANOS = Duration.ofSeconds(1).toNanos();

    private final Optional<Path> file;
    private Users users;
    private FileTime read;
    private long looked;

    public UsersFile(FusionConfig config) {
        this.file = config.usersFile();
    }

    @Override
    public List<String> problems(FusionConfig config) {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            Users.parse(Files.readAllLines(file.get()));
            return List.of();
        } catch (InvalidUsersException e) {
            return List.of("fusion.users-file, " + file.get() + ": " + e.getMessage());
        } catch (IOException e) {
            return List.of("fusion.users-file: " + file.get()
                    + " cannot be read: name a file with the lines that bin/fusion user makes");
        }
    }

    /** Whether there are users, so that people have to log in. */
    public boolean isConfigured() {
        return file.isPresent();
    }

    /** A user, as the file has them now; empty when it does not. Reads the file when it has changed. */
    Optional<User> find(String name) {
        return file.flatMap(path -> current(path).find(name));
    }

    private synchronized Users current(Path path) {
        var now = System.nanoTime();
        if (users == null || now - looked >= LOOK_AGAIN_NANOS) {
            looked = now;
            try {
                var changed = Files.getLastModifiedTime(path);
                if (!changed.equals(read)) {
                    read = changed;
                    users = Users.parse(Files.readAllLines(path));
                }
            } catch (IOException | InvalidUsersException e) {
                LOG.errorf("Users as they were before stay in force: %s: %s", path, e.getMessage());
            }
        }
        if (users == null) {
            throw new IllegalStateException("the users file " + path + " cannot be read");
        }
        return users;
    }
}
