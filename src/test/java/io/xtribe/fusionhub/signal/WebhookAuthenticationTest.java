package io.xtribe.fusionhub.signal;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.signal.WebhookAuthentication.Claim;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WebhookAuthenticationTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);
    private static final byte[] BODY = "what do ya want for nothing?".getBytes(StandardCharsets.UTF_8);
    /** RFC 4231, test case 2: the key is "Jefe". */
    private static final String PAGERDUTY_OF_JEFE = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
    /** {@code printf '1700000000.{}' | openssl dgst -sha256 -hmac Jefe}, as Base64 and as hex. */
    private static final String BASE64_OF_JEFE = "03k+K0ED7fvZjMGVkYMvX61wHUE9ufyuCufauBhO0gc=";

    private static final String HEX_OF_JEFE = "d3793e2b4103edfbd98cc19591832f5fad701d413db9fcae0ae7dab8184ed207";
    /** As pagerduty/platform.yaml says. */
    private static final SignatureScheme PAGERDUTY = new SignatureScheme("X-PagerDuty-Signature", "v1=", null, null);

    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.UTF_8);

    @Test
    void acceptsTheToken() {
        assertThat(accepts(Map.of("X-Fusion-Token", "Jefe"), BODY, "Jefe")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "jefe", "Jef", "Jefe ", "Jefe,Jefe", "Jefé"})
    void refusesAnotherToken(String token) {
        assertThat(accepts(Map.of("X-Fusion-Token", token), BODY, "Jefe")).isFalse();
    }

    @Test
    void acceptsTheOldAndTheNewSecretDuringRotation() {
        assertThat(accepts(Map.of("X-Fusion-Token", "old"), BODY, "new", "old")).isTrue();
        assertThat(accepts(Map.of("X-Fusion-Token", "new"), BODY, "new", "old")).isTrue();
        assertThat(accepts(Map.of("X-Fusion-Token", "older"), BODY, "new", "old"))
                .isFalse();
    }

    @Test
    void refusesEverybodyWithoutASecret() {
        assertThat(accepts(Map.of("X-Fusion-Token", ""), BODY)).isFalse();
    }

    @Test
    void refusesWhatHasNoAuthentication() {
        assertThat(accepts(Map.of(), BODY, "Jefe")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1=" + PAGERDUTY_OF_JEFE,
                "v1=0000000000000000000000000000000000000000000000000000000000000000,v1=" + PAGERDUTY_OF_JEFE,
                "v1=" + PAGERDUTY_OF_JEFE + ", v1=0000000000000000000000000000000000000000000000000000000000000000",
                "v0=abc,  v1=" + PAGERDUTY_OF_JEFE + " ",
                ",,v1=" + PAGERDUTY_OF_JEFE + ",",
                "v1=nonsense,v1=" + PAGERDUTY_OF_JEFE
            })
    void acceptsAnyOfPagerDutysSignatures(String header) {
        assertThat(accepts(Map.of("X-PagerDuty-Signature", header), BODY, "Jefe"))
                .isTrue();
        assertThat(accepts(Map.of("X-PagerDuty-Signature", header), BODY, "other", "Jefe"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "v1=",
                ",",
                PAGERDUTY_OF_JEFE,
                "v2=" + PAGERDUTY_OF_JEFE,
                "v1=0c0b9495b893a39e70d1fea2fe11fbe0a825f88b9f67846f6cc07dd2bc5476cd",
                "v1=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec384",
                "v1=zzdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            })
    void refusesAnotherSignatureOfPagerDuty(String header) {
        assertThat(accepts(Map.of("X-PagerDuty-Signature", header), BODY, "Jefe"))
                .isFalse();
    }

    /** A secret that looks like Base64 is used as it stands, and the body as it came, byte by byte. */
    @Test
    void signsPagerDutysRawBodyWithTheSecretAsGiven() {
        // Given
        var secret = "Zm9vYmFyYmF6cXV4MDEyMzQ1Njc4OUFCQ0RFRg==";
        var body = "{\"event\": {\"title\": \"caf\u00e9 \ud83d\udd25\"}}\r\n".getBytes(StandardCharsets.UTF_8);

        // When
        var headers = Webhooks.pagerDuty(secret, body);

        // Then
        assertThat(headers.get("X-PagerDuty-Signature"))
                .isEqualTo("v1=" + HexFormat.of().formatHex(hmac(secret, body)));
        assertThat(accepts(headers, body, secret)).isTrue();
        assertThat(accepts(headers, "{\"event\": {}}".getBytes(StandardCharsets.UTF_8), secret))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256=" + BASE64_OF_JEFE,
                "sha256=" + HEX_OF_JEFE,
                "sha256=AAAA, sha256=" + BASE64_OF_JEFE,
                "sha1=x,sha256=" + HEX_OF_JEFE
            })
    void acceptsServiceNowsSignatureAsBase64OrHex(String signature) {
        assertThat(acceptsSigned("1700000000", signature)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1699999700", "1700000300"})
    void acceptsFiveMinutesEitherWay(String timestamp) {
        // Given
        var signature = "sha256="
                + HexFormat.of().formatHex(hmac("Jefe", (timestamp + ".{}").getBytes(StandardCharsets.UTF_8)));

        // Then
        assertThat(acceptsSigned(timestamp, signature)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1699999699",
                "1700000301",
                "",
                "yesterday",
                "1700000000000",
                "9223372036854775807",
                "-9223372036854775808",
                "99999999999999999999"
            })
    void refusesAStaleOrSenselessTimestampThoughSigned(String timestamp) {
        // Given
        var signature = "sha256="
                + HexFormat.of().formatHex(hmac("Jefe", (timestamp + ".{}").getBytes(StandardCharsets.UTF_8)));

        // Then
        assertThat(acceptsSigned(timestamp, signature)).isFalse();
    }

    @Test
    void refusesASignatureWithoutTimestamp() {
        assertThat(accepts(Map.of("X-Fusion-Signature", "sha256=" + BASE64_OF_JEFE), EMPTY_OBJECT, "Jefe"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha256=", "sha256=***", BASE64_OF_JEFE, "sha1=" + BASE64_OF_JEFE, "sha256=AAAA"})
    void refusesAnotherSignatureOfServiceNow(String signature) {
        assertThat(acceptsSigned("1700000000", signature)).isFalse();
    }

    @Property(tries = 300)
    void refusesGarbageWithoutFailing(
            @ForAll String token, @ForAll String pagerDuty, @ForAll String signature, @ForAll String timestamp) {
        // Given
        var headers = new HashMap<String, String>();
        headers.put("X-Fusion-Token", token);
        headers.put("X-PagerDuty-Signature", "v1=" + pagerDuty);
        headers.put("X-Fusion-Signature", "sha256=" + signature);
        headers.put("X-Fusion-Timestamp", timestamp);

        // Then
        assertThat(accepts(headers, BODY, "a secret that nobody guesses")).isFalse();
    }

    @Test
    void knowsAVendorsSignatureOnlyWhereItsFolderNamesIt() {
        assertThat(accepts(null, Map.of("X-PagerDuty-Signature", "v1=" + PAGERDUTY_OF_JEFE), BODY, "Jefe"))
                .isFalse();
        assertThat(accepts(
                        new SignatureScheme("X-Hub-Signature-256", null, null, null),
                        Map.of("X-Hub-Signature-256", PAGERDUTY_OF_JEFE),
                        BODY,
                        "Jefe"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1700000000, v0:1700000000:{}!, true", "1699999699, v0:1699999699:{}!, false", "1700000000, {}, false"})
    void acceptsAVendorsSignatureOverTheTimeInItsForm(String timestamp, String signed, boolean accepted) {
        var vendors = new SignatureScheme("X-Signature", "v0=", "X-Time", "v0:{timestamp}:{body}!");
        var signature = "v0=" + HexFormat.of().formatHex(hmac("Jefe", signed.getBytes(StandardCharsets.UTF_8)));

        assertThat(accepts(
                        vendors, Map.of("X-Time", timestamp, "X-Signature", signature), EMPTY_OBJECT, "older", "Jefe"))
                .isEqualTo(accepted);
        assertThat(accepts(vendors, Map.of("X-Signature", signature), EMPTY_OBJECT, "Jefe"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, -, needs 'header'",
                "' ', -, -, needs 'header'",
                "X-Signature, -, {time}, 'it needs {body}, once'",
                "X-Signature, -, {body}{body}, 'it needs {body}, once'",
                "X-Signature, -, {timestamp}.{body}, need each other",
                "X-Signature, X-Time, {body}, need each other"
            })
    void refusesASchemeThatCannotBeChecked(String header, String timestampHeader, String signed, String why) {
        assertThatThrownBy(() -> new SignatureScheme(header, "", timestampHeader, signed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why);
    }

    private static boolean acceptsSigned(String timestamp, String signature) {
        return accepts(Map.of("X-Fusion-Timestamp", timestamp, "X-Fusion-Signature", signature), EMPTY_OBJECT, "Jefe");
    }

    private static boolean accepts(Map<String, String> headers, byte[] body, String... secrets) {
        return accepts(PAGERDUTY, headers, body, secrets);
    }

    private static boolean accepts(
            SignatureScheme vendors, Map<String, String> headers, byte[] body, String... secrets) {
        var authentication = new WebhookAuthentication(
                List.of(secrets), Optional.ofNullable(vendors), Clock.fixed(NOW, ZoneOffset.UTC));
        var accepted = authentication.accepts(headers::get, body);
        // Who is accepted is never turned away before the body is there.
        assertThat(accepted && authentication.claim(headers::get) == Claim.NONE).isFalse();
        return accepted;
    }

    private static Claim claim(Map<String, String> headers) {
        return new WebhookAuthentication(
                        List.of("old", "Jefe"), Optional.of(PAGERDUTY), Clock.fixed(NOW, ZoneOffset.UTC))
                .claim(headers::get);
    }

    @Test
    void knowsByTheTokenAloneWhoItIs() {
        assertThat(claim(Map.of("X-Fusion-Token", "Jefe"))).isEqualTo(Claim.PROVEN);
        assertThat(claim(Map.of("X-Fusion-Token", "jefe"))).isEqualTo(Claim.NONE);
        assertThat(claim(Map.of())).isEqualTo(Claim.NONE);
    }

    @Test
    void waitsForTheBodyOnlyWhereASignatureMayBeRight() {
        var stamp = Long.toString(NOW.getEpochSecond());
        assertThat(claim(Map.of("X-PagerDuty-Signature", "v0=1, v1=" + "0".repeat(64))))
                .isEqualTo(Claim.SIGNED);
        assertThat(claim(Map.of("X-Fusion-Timestamp", stamp, "X-Fusion-Signature", "sha256=" + BASE64_OF_JEFE)))
                .isEqualTo(Claim.SIGNED);
        for (var digest : List.of("", "0", "z".repeat(64), "0".repeat(62), "0".repeat(66))) {
            assertThat(claim(Map.of("X-PagerDuty-Signature", "v1=" + digest)))
                    .as(digest)
                    .isEqualTo(Claim.NONE);
        }
        assertThat(claim(Map.of("X-PagerDuty-Signature", "v2=" + "0".repeat(64))))
                .isEqualTo(Claim.NONE);
        assertThat(claim(Map.of("X-Fusion-Signature", "sha256=" + HEX_OF_JEFE))).isEqualTo(Claim.NONE);
        assertThat(claim(Map.of("X-Fusion-Timestamp", "1", "X-Fusion-Signature", "sha256=" + HEX_OF_JEFE)))
                .isEqualTo(Claim.NONE);
    }

    private static byte[] hmac(String secret, byte[] message) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
