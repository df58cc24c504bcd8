package io.xtribe.fusionhub.platform;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ForwardProxyTest {

    private final Map<String, String> properties = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();

    private String to(String address) {
        return ForwardProxy.to(URI.create(address), properties::get, environment::get)
                .map(proxy -> proxy + " " + proxy.user() + " " + proxy.password())
                .orElse("direct")
                .strip();
    }

    @ParameterizedTest
    @CsvSource({
        "http_proxy, http://acme.example, px:3128",
        "HTTP_PROXY, http://acme.example, px:3128",
        "https_proxy, https://acme.example, px:3128",
        "HTTPS_PROXY, https://acme.example/path, px:3128",
        "https_proxy, http://acme.example, direct",
        "http_proxy, https://acme.example, direct",
        "https_proxy, https://localhost:8443, direct",
        "https_proxy, https://127.0.0.9, direct",
        "https_proxy, 'https://[::1]:9', direct",
    })
    void theVariableOfTheSchemeCountsInBothCases(String variable, String address, String way) {
        environment.put(variable, "http://px:3128");

        assertThat(to(address)).isEqualTo(way);
    }

    @ParameterizedTest
    @CsvSource({
        "px, px:80",
        "px:8080, px:8080",
        "http://px:8080/, px:8080",
        "HTTP://px, px:80",
        "http://jane:secret@px:8080, px:8080 jane secret",
        "http://jane@px:8080, px:8080 jane",
        "http://jane:a%40b%3Ac@px:8080, px:8080 jane a@b:c",
        "http://jane:a@b#c@px:8080, px:8080 jane a@b#c",
        "http://[2001:db8::1]:8080, 2001:db8::1:8080",
    })
    void aVariableHoldsPlaceAndCredentials(String value, String way) {
        environment.put("https_proxy", value);

        assertThat(to("https://acme.example")).isEqualTo(way);
    }

    @ParameterizedTest
    @CsvSource({
        "acme.example, direct",
        "ACME.example, direct",
        ".acme.example, direct",
        "*.acme.example, direct",
        "'other.example, acme.example', direct",
        "other.example acme.example, direct",
        "*, direct",
        "acme.example:443, direct",
        "acme.example:8443, px:3128",
        "cme.example, px:3128",
        "acme, px:3128",
        "10.0.0.0/8, px:3128",
        "'', px:3128",
    })
    void whatNoProxyNamesIsCalledDirectly(String list, String way) {
        environment.put("HTTPS_PROXY", "http://px:3128");
        environment.put("NO_PROXY", list);

        assertThat(to("https://eu.acme.example".replace("eu.", list.startsWith("acme") ? "" : "eu.")))
                .isEqualTo(way);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.0.0.0/8, direct",
        "10.1.2.3, 10.1.2.3, direct",
        "10.1.2.3, 10.1.2.3/32, direct",
        "11.1.2.3, 10.0.0.0/8, px:3128",
        "10.1.2.3, 2001:db8::/32, px:3128",
        "[2001:db8::5], 2001:db8::/32, direct",
        "[2001:db9::5], 2001:db8::/32, px:3128",
        "10.1.2.3, 10.0.0.0/eight, px:3128",
    })
    void aNetworkCoversAddresses(String host, String list, String way) {
        environment.put("HTTPS_PROXY", "http://px:3128");
        environment.put("no_proxy", list);

        assertThat(to("https://" + host)).isEqualTo(way);
    }

    @Test
    void thePropertiesOfTheJvmComeFirst() {
        environment.put("HTTPS_PROXY", "http://env:1");
        properties.put("https.proxyHost", "jvm");

        assertThat(to("https://acme.example")).isEqualTo("jvm:443");
        assertThat(to("http://acme.example")).isEqualTo("direct");

        properties.putAll(Map.of(
                "https.proxyPort",
                "3128",
                "https.proxyUser",
                "jane",
                "https.proxyPassword",
                "x",
                "http.proxyHost",
                "p"));
        assertThat(to("https://acme.example")).isEqualTo("jvm:3128 jane x");
        assertThat(to("http://acme.example")).isEqualTo("p:80");
    }

    @ParameterizedTest
    @CsvSource({
        "http://acme.example, *.example, direct",
        "http://acme.example, other|acme.*, direct",
        "http://acme.example, acme, jvm:80",
        "http://127.0.0.1:9, , direct",
        "http://127.0.0.1:9, '', jvm:80",
    })
    void nonProxyHostsIsAsTheJvmReadsIt(String address, String patterns, String way) {
        properties.put("http.proxyHost", "jvm");
        properties.put("http.nonProxyHosts", patterns);

        assertThat(to(address)).isEqualTo(way);
    }

    @Test
    void noProxyHoldsForTheProxyOfTheJvmToo() {
        properties.put("http.proxyHost", "jvm");
        environment.put("NO_PROXY", "acme.example");

        assertThat(to("http://acme.example")).isEqualTo("direct");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://px:1", "socks5://px:1", "http://", "px:0", "px:x", "px:70000", "http://j:secret@:1"})
    void whatCannotBeUsedIsRefusedWithoutThePassword(String value) {
        environment.put("HTTPS_PROXY", value);

        assertThatThrownBy(() -> to("https://acme.example"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HTTPS_PROXY ")
                .message()
                .doesNotContain("secret");
    }

    @Property
    void anyListAndAnyCredentialsAreRead(@ForAll String list, @ForAll String password) {
        environment.put("HTTPS_PROXY", "http://jane:" + password + "@px:3128");
        environment.put("NO_PROXY", list + ",acme.example");

        assertThat(to("https://acme.example")).isEqualTo("direct");
    }
}
