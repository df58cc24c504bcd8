package io.xtribe.fusionhub.it;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.xtribe.fusionhub.testing.HttpProxy;
import io.xtribe.fusionhub.testing.HubProcess;
import io.xtribe.fusionhub.testing.TlsFront;

import static org.assertj.core.api.Assertions.assertThat;

/** The only way out is a forward proxy, which alone knows the names of the platforms. */
class ForwardProxyIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final List<String> PLATFORMS = List.of("datadog", "servicenow", "pagerduty");
    private static final List<String> NAMES =
            PLATFORMS.stream().map(ForwardProxyIT::name).toList();

    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = Rig.start("ForwardProxyIT");
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static String name(String platform) {
        return platform + ".corp.invalid";
    }

    private static HubProcess.Builder hub(String scheme) {
        var hub = rig.hub();
        PLATFORMS.forEach(platform ->
                hub.env("FUSION_" + platform.toUpperCase() + "_URL", scheme + "://" + name(platform) + "/" + platform));
        return hub;
    }

    private static Map<String, Integer> leading(int port) {
        return NAMES.stream().collect(Collectors.toMap(name -> name, name -> port));
    }

    private static int sandboxPort() {
        return URI.create(rig.platforms().url()).getPort();
    }

    private static void opensAndLinks(HubProcess hub, String title) {
        hub.awaitReady();
        assertThat(hub.webhook("datadog", Rig.alert(title))).isEqualTo(202);
        rig.awaitSettled(List.of(title), LIMIT);
        PLATFORMS.forEach(
                platform -> assertThat(rig.platforms().records().path(platform).findValuesAsText("title"))
                        .as(platform)
                        .anyMatch(shown -> shown.contains(title)));
    }

    @Test
    void allPlatformsAreReachedThroughTheProxyOfTheEnvironment() {
        try (var proxy = HttpProxy.leading(leading(sandboxPort()), "Basic aHViOnNlY3JldC1mb3ItcHJveHk=");
                var hub = hub("http")
                        .env("HTTP_PROXY", "http://hub:secret-for-proxy@127.0.0.1:" + proxy.port())
                        .start()) {
            opensAndLinks(hub, "through the proxy of the environment");

            assertThat(proxy.asked())
                    .extracting(HttpProxy.Asked::host)
                    .containsAll(NAMES)
                    .isSubsetOf(NAMES);
            assertThat(hub.log())
                    .contains("is called through the proxy 127.0.0.1:")
                    .doesNotContain("secret-for-proxy");
        }
    }

    @Test
    void tunnelsAndTheTokenGoThroughTheProxyOfTheJvm(@TempDir Path folder) {
        try (var front = TlsFront.before(sandboxPort(), folder, NAMES);
                var proxy = HttpProxy.leading(leading(front.port()), "Basic aHViOnNlY3JldC1mb3ItcHJveHk=");
                var hub = hub("https")
                        .env("FUSION_SERVICENOW_CLIENT_ID", "sandbox-client")
                        .env("FUSION_SERVICENOW_CLIENT_SECRET", "sandbox-client-secret")
                        .jvmOption("-Dhttps.proxyHost=127.0.0.1")
                        .jvmOption("-Dhttps.proxyPort=" + proxy.port())
                        .jvmOption("-Dhttps.proxyUser=hub")
                        .jvmOption("-Dhttps.proxyPassword=secret-for-proxy")
                        .jvmOption("-Djavax.net.ssl.trustStore=" + front.trustStore())
                        .jvmOption("-Djavax.net.ssl.trustStorePassword=" + TlsFront.PASSWORD)
                        .start()) {
            opensAndLinks(hub, "through tunnels");

            assertThat(proxy.asked())
                    .allMatch(asked -> asked.method().equals("CONNECT"))
                    .extracting(HttpProxy.Asked::host)
                    .containsAll(NAMES);
            assertThat(rig.calls("servicenow", "token")).isPositive();
        }
    }

    /** One proxy for two of them, and one that is called directly. */
    @Test
    void whatNoProxyNamesIsCalledDirectly() {
        try (var proxy = HttpProxy.leading(leading(sandboxPort()));
                var hub = hub("http")
                        .env("FUSION_DATADOG_URL", rig.platforms().url("datadog"))
                        .env("NO_PROXY", "corp.example,127.0.0.1")
                        .jvmOption("-Dhttp.proxyHost=127.0.0.1")
                        .jvmOption("-Dhttp.proxyPort=" + proxy.port())
                        // By default the JVM calls this machine directly.
                        .jvmOption("-Dhttp.nonProxyHosts=")
                        .start()) {
            opensAndLinks(hub, "past the proxy");

            assertThat(proxy.asked())
                    .extracting(HttpProxy.Asked::host)
                    .containsOnly(name("servicenow"), name("pagerduty"));
        }
    }
}
