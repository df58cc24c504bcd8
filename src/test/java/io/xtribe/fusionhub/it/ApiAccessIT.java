package io.xtribe.fusionhub.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Who may read the REST API and the management port: this host, and others with the API's token; and what an id may hold. */
class ApiAccessIT {

    private static final String API_TOKEN = "token-of-the-api";

    private static FaultRig rig;

    @BeforeAll
    static void start() {
        rig = FaultRig.start("ApiAccessIT", settings -> settings.env("FUSION_API_TOKEN", API_TOKEN));
    }

    @AfterAll
    static void stop() {
        try {
            // A path must not add a line to the log.
            assertThat(rig.hub.log().lines()).allMatch(line -> line.matches("2\\d{3}-\\d\\d-\\d\\d .*"));
        } finally {
            rig.close();
        }
    }

    private static RawHttp connect() {
        return new RawHttp(rig.hub.url());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "%2F",
                "..%2f..%2f",
                "*",
                ">",
                "%3E",
                "a.b",
                "%00",
                "%0d%0aX:%20y",
                "%20",
                "%F0%9F%94%A5",
                "\u00fc",
                "%ff%fe",
                "%zz",
                "%",
                "a%20b",
                "$KV.fusion-incidents.%3E",
                "fx-00000000000000000000000000000000",
                "fx-0000000000000000000000000000000G",
                "{id}",
                "\"",
                "<script>",
                "\\",
                "^",
                "|",
                "`",
                "LONG"
            })
    void unknownIncidents(String id) {
        String path = "/api/incidents/" + (id.equals("LONG") ? "x".repeat(10_000) : id);
        try (RawHttp client = connect()) {
            client.say("GET " + path + " HTTP/1.1\r\nHost: hub\r\n\r\n");
            assertThat(client.status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=192.0.2.1", "X-Forwarded-For: 192.0.2.1", "x-forwarded-host: a",
                        "X-Forwarded-Proto: https",
                "X-FORWARDED-PORT: 1", "X-Real-IP: 192.0.2.1", "Via: 1.1 proxy", "X-Original-Forwarded-For: a",
                "CF-Connecting-IP: 192.0.2.1", "True-Client-IP: 192.0.2.1", "X-Forwarded-For: 127.0.0.1", "Forwarded:"
            })
    void aProxyOnThisHostIsNotThisHost(String header) {
        for (String path : List.of("/api/incidents", "/api/incidents/x")) {
            assertThat(get(path, header + "\r\n")).isEqualTo(401);
            assertThat(get(path, header + "\r\nAuthorization: Bearer wrong\r\n"))
                    .isEqualTo(401);
            assertThat(get(path, header + "\r\nAuthorization: Bearer " + API_TOKEN + "\r\n"))
                    .isEqualTo(path.endsWith("x") ? 404 : 200);
        }
    }

    private static int get(String path, String headers) {
        try (RawHttp client = connect()) {
            client.say("GET " + path + " HTTP/1.1\r\nHost: hub\r\n" + headers + "\r\n");
            return client.status();
        }
    }

    /** A page of somebody else's, in a browser on this host, may let it post here; what it may read it is not shown. */
    @Test
    void aWebPageChangesNothingWithoutTheToken() {
        String page = "Origin: https://evil.example\r\nContent-Type: text/plain\r\n";
        assertThat(post("converge", page, "{}")).isEqualTo(401);
        assertThat(post("converge", "Origin: null\r\n", "{}")).isEqualTo(401);
        assertThat(post("converge", page + "Authorization: Bearer wrong\r\n", "{}"))
                .isEqualTo(401);
        assertThat(post("converge", page + "Authorization: Bearer " + API_TOKEN + "\r\n", "{}"))
                .as("with the token, of an incident that is not there")
                .isEqualTo(404);
        assertThat(post("converge", "", "{}")).as("of a program on this host").isEqualTo(404);
        assertThat(get("/api/incidents", page)).isEqualTo(200);
    }

    @Test
    void aBodyHasAtMost16Kilobytes() {
        String most = "{\"reason\":\"" + "x".repeat(16 * 1024 - 13) + "\"}";
        assertThat(most).hasSize(16 * 1024);
        assertThat(post("converge", "", most)).isEqualTo(404);
        assertThat(post("converge", "", most + " ")).isEqualTo(413);
        try (RawHttp client = connect()) {
            client.say("POST /api/incidents/fx-" + "0".repeat(32) + "/converge HTTP/1.1\r\nHost: hub\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            client.say("5000\r\n" + "x".repeat(0x5000) + "\r\n0\r\n\r\n");
            assertThat(client.status()).as("without a length").isEqualTo(411);
        }
    }

    private static int post(String verb, String headers, String body) {
        try (RawHttp client = connect()) {
            client.say(
                    RawHttp.head("POST", "/api/incidents/fx-" + "0".repeat(32) + "/" + verb, headers, body.length()));
            client.say(body);
            return client.status();
        }
    }

    /** Unless configured otherwise, which tests do not. */
    @Test
    void managementIsForThisHostOnly() throws IOException {
        int port = URI.create(rig.hub.managementUrl()).getPort();
        List<InetAddress> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        assumeThat(others).as("addresses of this host other than loopback").isNotEmpty();
        for (InetAddress address : others) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 1_000))
                        .as("%s", address)
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
