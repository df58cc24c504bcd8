package io.xtribe.fusionhub.nats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;

import io.nats.client.NKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What would make the hub wait for ever for a server that is there. */
class AccessFilesTest {

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("hub.creds"), text);
    }

    private static String credentials(String seed) {
        return """
                -----BEGIN NATS USER JWT-----
                eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.e30.c2ln
                ------END NATS USER JWT------

                -----BEGIN USER NKEY SEED-----
                %s
                ------END USER NKEY SEED------
                """.formatted(seed);
    }

    @Test
    void takesACredentialsFile() throws Exception {
        var seed = new String(NKey.createUser(null).getSeed());

        assertThat(AccessFiles.credentialsProblem(file(credentials(seed)).toString()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "hello", "{\"jwt\": 1}", "-----BEGIN NATS USER JWT-----\nabc\n"})
    void refusesWhatIsNoCredentialsFile(String text) throws Exception {
        assertThat(AccessFiles.credentialsProblem(file(text).toString()))
                .get()
                .asString()
                .contains("nsc generate creds");
    }

    @Test
    void refusesASeedThatIsNoneAndDoesNotTellIt() throws Exception {
        assertThat(AccessFiles.credentialsProblem(file(credentials("SUABROKEN")).toString()))
                .get()
                .asString()
                .contains("the seed of its key")
                .doesNotContain("SUABROKEN");
    }

    @Test
    void refusesAFolderAndWhatIsNotThere() {
        assertThat(AccessFiles.credentialsProblem(folder.toString()).orElse("")).startsWith("it is a folder");
        assertThat(AccessFiles.credentialsProblem(folder + "/none").orElse("")).startsWith("there is no such file");
        assertThat(AccessFiles.trustStoreProblem(folder.toString(), Optional.empty())
                        .orElse(""))
                .startsWith("it is a folder");
    }

    @Test
    void refusesATrustStoreThatIsNoneOrHasAnotherPasswordOrHoldsNothing() throws Exception {
        assertThat(AccessFiles.trustStoreProblem(file("hello").toString(), Optional.of("changeit"))
                        .orElse(""))
                .contains("fusion.nats.tls.trust-store-password");

        var empty = folder.resolve("empty.p12");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (OutputStream out = Files.newOutputStream(empty)) {
            store.store(out, "changeit".toCharArray());
        }
        assertThat(AccessFiles.trustStoreProblem(empty.toString(), Optional.of("changeit"))
                        .orElse(""))
                .startsWith("it holds no certificate");
        assertThat(AccessFiles.trustStoreProblem(empty.toString(), Optional.of("hunter2"))
                        .orElse(""))
                .contains("cannot be opened")
                .doesNotContain("hunter2");
    }
}
