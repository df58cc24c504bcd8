package io.xtribe.fusionhub.lab.local;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.testing.Ports;

import static org.assertj.core.api.Assertions.assertThat;

class LocalPortsTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new PrintStream(said, true, StandardCharsets.UTF_8));

    @Test
    void keepsPortsThatAreFree() {
        // Given
        LocalPorts wanted = new LocalPorts(Ports.free(), Ports.free(), Ports.free(), Ports.free());
        // When
        LocalPorts chosen = LocalPorts.choose(wanted, screen);
        // Then
        assertThat(chosen).isEqualTo(wanted);
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void replacesATakenPortAndSaysSo() throws IOException {
        // Given
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalPorts wanted = new LocalPorts(Ports.free(), other.getLocalPort(), Ports.free(), Ports.free());
            // When
            LocalPorts chosen = LocalPorts.choose(wanted, screen);
            // Then
            assertThat(chosen.nats()).isEqualTo(wanted.nats());
            assertThat(chosen.sandbox()).isNotEqualTo(wanted.sandbox());
            assertThat(said.toString(StandardCharsets.UTF_8))
                    .contains("Port " + wanted.sandbox() + " is taken", "the sandbox", "" + chosen.sandbox());
        }
    }

    @Test
    void givesNoPortTwice() {
        // Given
        int same = Ports.free();
        // When
        LocalPorts chosen = LocalPorts.choose(new LocalPorts(same, same, same, same), screen);
        // Then
        assertThat(new int[] {chosen.nats(), chosen.sandbox(), chosen.hub(), chosen.management()})
                .doesNotHaveDuplicates();
    }
}
