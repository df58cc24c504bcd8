package io.xtribe.fusionhub.setup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A new file that only its owner may read, removed again when nothing was written into it. */
final class SecretFile implements AutoCloseable {
    private final Path path;
    private boolean written;

    private SecretFile(Path path) {
        this.path = path;
    }

    static SecretFile create(Path path) throws SetupFailure {
        try {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new SecretFile(path);
        } catch (FileAlreadyExistsException e) {
            throw new SetupFailure(path + " is there already and may hold another secret: give another --secret-file");
        } catch (IOException | UnsupportedOperationException e) {
            throw new SetupFailure(
                    "Cannot make " + path + " so that only you can read it (" + e + "): give another --secret-file");
        }
    }

    /** @param remedy what to do when the secret is lost because it could not be written */
    void write(String secret, String remedy) throws SetupFailure {
        try {
            Files.writeString(path, secret + "\n");
            written = true;
        } catch (IOException e) {
            throw new SetupFailure("Cannot write " + path + " (" + e
                    + "), and PagerDuty does not show the secret again: " + remedy + " and run this again");
        }
    }

    @Override
    public void close() throws SetupFailure {
        if (!written) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw new SetupFailure("Cannot remove the empty " + path + " (" + e + "): remove it by hand");
            }
        }
    }
}
