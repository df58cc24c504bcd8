package io.xtribe.fusionhub.routes;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.nats.client.api.DiscardPolicy;
import io.nats.client.api.StreamConfiguration;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.xtribe.fusionhub.intake.DeadLetters;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.testing.Hints;
import io.xtribe.fusionhub.testing.Letters;
import io.xtribe.fusionhub.testing.Webhooks;

import static org.assertj.core.api.Assertions.assertThat;

/** What is authentic and cannot be stored as it is becomes a dead letter. */
class WebhooksBuriedRouteTest extends WebhooksReceiveFixture {

    @Test
    void buriesWhatIsSaidToBeCompressedAndIsNot() throws Exception {
        var headers = Map.of("X-Fusion-Token", "older-secret", "Content-Encoding", "gzip");

        assertThat(status(receive("datadog", new byte[] {0x1f, (byte) 0x8b, 8, 0, 1}, headers)))
                .isEqualTo(202);

        assertThat(reasons()).containsExactly("the webhook body is not UTF-8, at byte 1");
    }

    private List<String> reasons() throws Exception {
        var reasons = new ArrayList<String>();
        for (var letter = 1; letter <= stored(Names.DEAD_LETTERS); letter++) {
            reasons.add(management()
                    .getMessage(Names.DEAD_LETTERS, letter)
                    .getHeaders()
                    .getFirst(DeadLetters.REASON));
        }
        return reasons;
    }

    @Test
    void buriesWhatIsNotUtf8() throws Exception {
        var body = "{\"id\":\"caf\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(status(receive("datadog", body, Map.of("X-Fusion-Token", "older-secret"))))
                .isEqualTo(202);

        assertThat(reasons()).containsExactly("the webhook body is not UTF-8, at byte 10");
        assertThat(Letters.body(Letters.json(management().getMessage(Names.DEAD_LETTERS, 1))))
                .isEqualTo(body);
        assertThat(stored(Names.SIGNALS)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not JSON | , at line 1, column 4",
                "'{\"a\":[1,\n2}' | , at line 2, column 2",
                "'{\"a\":' | , at line 1, column 6",
                "{} x | , at line 1, column 5",
                "{}{} | : more follows, at line 1, column 4",
                "[1, 2] | ''",
                "'' | ''"
            })
    void buriesAnAuthenticWebhookThatIsNoObject(String body, String place) throws Exception {
        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isZero();
        assertThat(reasons()).containsExactly("the webhook body is not a JSON object" + place);
    }

    /** One level less is read again out of its envelope, one more is not: neither is sent for ever. */
    @ParameterizedTest
    @CsvSource({"998, 0", "999, 1", "1000, 1", "100000, 1"})
    void buriesWhatIsTooDeepForItsEnvelope(int lists, int letters) throws Exception {
        var body = "{\"a\":" + "[".repeat(lists) + "]".repeat(lists) + "}";

        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(stored(Names.SIGNALS)).isEqualTo(1 - letters);
        assertThat(stored(Names.DEAD_LETTERS)).isEqualTo(letters);
        if (letters > 0) {
            assertThat(reasons())
                    .containsExactly(
                            "the webhook body has more than 999 levels of objects and lists, at line 1, column "
                                    + 1_005);
        } else {
            CloudEvent.parse(management().getMessage(Names.SIGNALS, 1).getData(), Hints.NAMES);
        }
    }

    @Test
    void buriesANumberThatNoParserTakes() throws Exception {
        assertThat(status(receive("datadog", "{\"a\":" + "9".repeat(2_000) + "}")))
                .isEqualTo(202);

        assertThat(reasons())
                .singleElement()
                .asString()
                .startsWith("the webhook body holds a text, a name or a number that is too long, at line 1");
    }

    /** What looks like another encoding of Unicode is not UTF-8 JSON, and cannot stand in the middle of an envelope. */
    @Test
    void buriesOtherEncodings() throws Exception {
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertThat(status(receive(
                            "datadog", "{\"id\":1}".getBytes(charset), Map.of("X-Fusion-Token", "older-secret"))))
                    .isEqualTo(202);
        }
        assertThat(status(receive("datadog", "\ufeff{}"))).isEqualTo(202);

        assertThat(reasons()).hasSize(4);
        assertThat(stored(Names.SIGNALS)).isZero();
    }

    /** To send it again would be refused again. */
    @Test
    void buriesWhatTheStreamDoesNotTake() throws Exception {
        var stream = management().getStreamInfo(Names.SIGNALS).getConfiguration();
        management()
                .updateStream(StreamConfiguration.builder(stream)
                        .maximumMessageSize(500)
                        .build());
        try {
            var body = "{\"text\":\"" + "x".repeat(500) + "\"}";

            assertThat(status(receive("datadog", body))).isEqualTo(202);

            assertThat(reasons()).containsExactly("the webhook is larger than the stream takes");
            var letter = Letters.json(management().getMessage(Names.DEAD_LETTERS, 1));
            assertThat(letter.path("class").asText()).isEqualTo("too-large");
            assertThat(letter.path("remedy").asText()).contains("raise max_msg_size of FUSION_SIGNALS");
            assertThat(Letters.body(letter)).asString().isEqualTo(body);
        } finally {
            management().updateStream(stream);
        }
    }

    @Test
    void buriesWhatFailsUnexpectedly() throws Exception {
        AdviceWith.adviceWith(context, "webhooks-receive", route -> route.weaveById("webhooks-receive-publish")
                .replace()
                .process(exchange -> exchange.setException(new StackOverflowError())));
        var body = Webhooks.body("datadog/monitor-triggered-p1");

        assertThat(status(receive("datadog", body))).isEqualTo(202);

        assertThat(reasons()).containsExactly("it could not be taken in: StackOverflowError");
        link.close();
        var answer = receive("datadog", body);
        assertThat(status(answer)).isEqualTo(503);
        assertThat(answer.getMessage().getHeader("Retry-After")).isEqualTo("2");
    }

    /** It may take it in a moment: without its body the letter would be of little use for good. */
    @Test
    void asksToSendAgainWhatTheDeadLettersHaveNoRoomFor() throws Exception {
        var letters = management().getStreamInfo(Names.DEAD_LETTERS).getConfiguration();
        management()
                .updateStream(StreamConfiguration.builder(letters)
                        .discardPolicy(DiscardPolicy.New)
                        .maxBytes(4_000)
                        .build());

        assertThat(status(receive("datadog", "x".repeat(8_000)))).isEqualTo(503);

        assertThat(stored(Names.DEAD_LETTERS)).isZero();
    }
}
