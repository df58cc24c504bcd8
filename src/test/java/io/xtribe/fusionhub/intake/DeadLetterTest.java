package io.xtribe.fusionhub.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.xtribe.fusionhub.nats.Delivery;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.testing.EventSchemas;
import io.xtribe.fusionhub.testing.Letters;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLetterTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Delivery DELIVERY = new Delivery(17, 3, 1_764_300_000_000_000_001L);
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    private static DeadLetter signal(String reason, byte[] body) {
        return DeadLetter.ofSignal(
                "datadog", body, new InvalidSignalException(DeadLetterClass.INVALID, reason), DELIVERY);
    }

    private static JsonNode written(DeadLetter letter, int limit) throws Exception {
        var bytes = letter.toBytes(letter.id(), "datadog", TIME, limit);
        var json = JSON.readTree(bytes);
        assertThat(EventSchemas.violationsOfLetter(json)).isEmpty();
        return json;
    }

    @Test
    void keepsTheBytesAsTheyCame() throws Exception {
        var body = new byte[256];
        for (int value = 0; value < body.length; value++) {
            body[value] = (byte) value;
        }

        var letter = written(signal("/incident/sys_id has 3300 characters, at most 255 are taken", body), 1 << 20);

        assertThat(Letters.body(letter)).isEqualTo(body);
        assertThat(letter.path("bodyTruncated").asBoolean()).isFalse();
        assertThat(letter.path("class").asText()).isEqualTo("invalid");
        assertThat(letter.path("deliveries").asInt()).isEqualTo(3);
        assertThat(letter.path("sequence").asInt()).isEqualTo(17);
    }

    @Test
    void ofAWebhookNamesNoStream() throws Exception {
        var letter = DeadLetter.ofWebhook(
                "datadog", new byte[0], new InvalidSignalException(DeadLetterClass.UNREADABLE, "not JSON"));

        assertThat(written(letter, 1 << 20).has("stream")).isFalse();
    }

    @Test
    void hasTheSameIdWheneverTheSameWebhookIsBuried() {
        assertThat(webhook("datadog", "a").id())
                .isEqualTo(webhook("datadog", "a").id());
        assertThat(webhook("datadog", "a").id())
                .isNotEqualTo(webhook("datadog", "b").id());
        assertThat(webhook("datadog", "a").id())
                .isNotEqualTo(webhook("pagerduty", "a").id());
    }

    private static DeadLetter webhook(String source, String body) {
        return DeadLetter.ofWebhook(
                source,
                body.getBytes(StandardCharsets.UTF_8),
                new InvalidSignalException(DeadLetterClass.UNREADABLE, "not JSON"));
    }

    @Test
    void hasTheSameIdWheneverTheSameSignalIsBuried() {
        var again = DeadLetter.ofSignal(
                "datadog",
                new byte[0],
                new InvalidSignalException(DeadLetterClass.INVALID, "x"),
                new Delivery(17, 4, DELIVERY.storedAt()));

        assertThat(signal("x", new byte[0]).id()).isEqualTo(again.id());
        assertThat(UUID.fromString(again.id())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {700, 1_000, 4_096, 100_000})
    void cutsTheBodyToWhatFits(int limit) throws Exception {
        var body = new byte[200_000];
        Arrays.fill(body, (byte) 'x');

        var bytes = signal("a reason", body).toBytes(UUID.randomUUID().toString(), "datadog", TIME, limit);
        var letter = JSON.readTree(bytes);

        assertThat(bytes.length).isLessThanOrEqualTo(limit).isGreaterThan(limit - 500);
        assertThat(EventSchemas.violationsOfLetter(letter)).isEmpty();
        assertThat(letter.path("bodyTruncated").asBoolean()).isTrue();
        assertThat(letter.path("bodyBytes").asInt()).isEqualTo(200_000);
        assertThat(Letters.body(letter)).isEqualTo(Arrays.copyOf(body, Letters.body(letter).length));
    }

    @Test
    void isShortWhereEvenItsReasonDoesNotFit() throws Exception {
        var letter = signal("\u05e9".repeat(300), new byte[1_000]);

        assertThat(letter.toBytes(UUID.randomUUID().toString(), "datadog", TIME, 0))
                .hasSizeLessThan(600);
        assertThat(written(letter, 0).path("bodyTruncated").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two\nlines", "\u0000\u001b[31mred", "\u202eltr", "\ud800", "\u2028", "\r\n\r\n"})
    void saysItsReasonInOneLineWithoutControlCharacters(String reason) throws Exception {
        var said = written(signal(reason, new byte[0]), 1 << 20).path("reason").asText();

        assertThat(said)
                .doesNotContainPattern("[\\p{Cntrl}\\u2028\\u202e\\ud800]")
                .contains("\\u");
    }

    @Test
    void cutsALongReason() throws Exception {
        assertThat(written(signal("x".repeat(400_000), new byte[0]), 1 << 20)
                        .path("reason")
                        .asText())
                .hasSize(300)
                .endsWith("...");
    }
}
