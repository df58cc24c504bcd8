package io.xtribe.fusionhub.config;

import java.net.BindException;

import io.quarkus.runtime.QuarkusBindException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Reasons for which the hub cannot listen; that a port is in use is also tried with the whole hub, in BrokenStartIT. */
class PortProblemsTest {

    @Test
    void saysHowToListenWithoutPrivileges() {
        assertThat(PortProblems.explain(http(80, "Permission denied")))
                .contains("- port 80 may not be listened on without privileges: set quarkus.http.port"
                        + " (environment variable QUARKUS_HTTP_PORT) to one above 1023");
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine() {
        assertThat(PortProblems.explain(http(8080, "Cannot assign requested address")))
                .contains("- 192.0.2.1 is no address of this machine: set quarkus.http.host"
                        + " (environment variable QUARKUS_HTTP_HOST) to one that is, or to 0.0.0.0 for all");
    }

    /** Quarkus names the address of the management server in the text of another exception only. */
    @Test
    void tellsTheManagementServerFromTheOther() {
        var failure = new IllegalStateException(
                "Unable to start the management interface on 192.0.2.1:9000",
                new BindException("Cannot assign requested address"));

        assertThat(PortProblems.explain(failure)).hasValueSatisfying(said -> assertThat(said)
                .contains("192.0.2.1 is no address", "quarkus.management.host", "QUARKUS_MANAGEMENT_HOST"));
    }

    @Test
    void explainsNothingElse() {
        assertThat(PortProblems.explain(new IllegalStateException("no route", new RuntimeException("no bean"))))
                .isEmpty();
    }

    private static Throwable http(int port, String reason) {
        return new IllegalStateException(new QuarkusBindException("192.0.2.1", port, new BindException(reason)));
    }
}
