package io.xtribe.fusionhub.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.platform.PlatformException.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/** Platforms at whose address nobody listens. */
class PlatformDownRouteTest extends PlatformRouteTest {

    @Override
    Map<String, String> settings() {
        var nobody = "http://127.0.0.1:" + closedPort();
        return Map.of("fusion.datadog.url", nobody, "fusion.servicenow.url", nobody, "fusion.pagerduty.url", nobody);
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog", "servicenow", "pagerduty"})
    void knowsThatNothingWasOpened(String platform) {
        var failure = failure(step(incident(), platform, "incident", Operation.OPEN));

        assertThat(failure.kind()).isEqualTo(Kind.WILL_HEAL);
        assertThat(failure.getMessage()).startsWith(platform + " cannot be reached");
    }

    private static int closedPort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
