package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;

import io.nats.client.Nats;

/**
 * What is wrong with the files that a connection to NATS needs. The client reads them when it connects, and
 * reports a mistake in them like a server that does not answer, for which a hub waits without end. So they are checked before
 * the start.
 */
public final class AccessFiles {

    private static final String CREDENTIALS_REMEDY = "name a file as 'nsc generate creds' writes it";
    private static final byte[] ANYTHING = "nonce".getBytes(StandardCharsets.UTF_8);

    private AccessFiles() {}

    /** A credentials file: a user's JWT and the seed of its key. Empty when it can be used. */
    public static Optional<String> credentialsProblem(String path) {
        var unreadable = unreadable(path);
        if (unreadable.isPresent()) {
            return unreadable.map(problem -> problem + ": " + CREDENTIALS_REMEDY);
        }
        try {
            var credentials = Nats.credentials(path);
            var jwt = credentials.getID();
            if (jwt == null || jwt.length == 0) {
                return Optional.of("it holds no user's JWT: " + CREDENTIALS_REMEDY);
            }
            credentials.sign(ANYTHING);
            return Optional.empty();
        } catch (RuntimeException e) {
            // Without the message of the exception, which may quote the seed.
            return Optional.of("it holds no user's JWT with the seed of its key: " + CREDENTIALS_REMEDY);
        }
    }

    /** A trust store in a format that this Java reads, PKCS12 or JKS. Empty when it can be used. */
    public static Optional<String> trustStoreProblem(String path, Optional<String> password) {
        var unreadable = unreadable(path);
        if (unreadable.isPresent()) {
            return unreadable.map(problem -> problem + ": name a PKCS12 or JKS file");
        }
        try {
            var store = KeyStore.getInstance(
                    Path.of(path).toFile(), password.map(String::toCharArray).orElse(null));
            return store.size() > 0
                    ? Optional.empty()
                    : Optional.of("it holds no certificate: import the server's authority into it");
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of("it cannot be opened: name a PKCS12 or JKS file, and set"
                    + " fusion.nats.tls.trust-store-password to its password");
        }
    }

    private static Optional<String> unreadable(String path) {
        var file = Path.of(path);
        if (!Files.exists(file)) {
            return Optional.of("there is no such file");
        }
        if (Files.isDirectory(file)) {
            return Optional.of("it is a folder");
        }
        if (!Files.isReadable(file)) {
            return Optional.of("this user may not read it");
        }
        try {
            return Files.size(file) == 0 ? Optional.of("it is empty") : Optional.empty();
        } catch (IOException e) {
            return Optional.of("it cannot be read");
        }
    }
}
