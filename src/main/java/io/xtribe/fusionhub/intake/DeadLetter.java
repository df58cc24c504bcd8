package io.xtribe.fusionhub.intake;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.nats.Delivery;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.signal.DeadLetterClass;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;

/**
 * What could not be understood or applied, with the reason. Its form is that of docs/schemas/dead-letter.schema.json,
 * which Vector writes too.
 *
 * @param source the sender, any text: one that is no platform is written as {@code unknown}
 * @param content what the body is
 * @param letterClass the kind of reason
 * @param reason what is wrong, and where in the body; never a quotation that is not made safe
 * @param remedy what to do
 * @param body the bytes as they came
 * @param delivery which delivery of which signal it was, or null for a webhook
 */
public record DeadLetter(
        String source,
        Content content,
        DeadLetterClass letterClass,
        String reason,
        String remedy,
        byte[] body,
        Delivery delivery) {

    /** What the body of a letter is. */
    public enum Content {
        /** The bytes that a platform sent, uncompressed. */
        WEBHOOK("webhook"),
        /** A CloudEvent as it was stored on FUSION_SIGNALS. */
        SIGNAL("signal");

        private final String wireName;

        Content(String wireName) {
            this.wireName = wireName;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LINE_LIMIT = 300;
    /** Of each text where a server takes very small messages only. */
    private static final int SHORT_LIMIT = 40;

    public DeadLetter {
        reason = SafeText.line(reason, LINE_LIMIT);
        remedy = SafeText.line(remedy, LINE_LIMIT);
    }

    /** Of a webhook that was authentic. */
    public static DeadLetter ofWebhook(String source, byte[] body, InvalidSignalException why) {
        return new DeadLetter(source, Content.WEBHOOK, why.letterClass(), why.getMessage(), why.remedy(), body, null);
    }

    /** Of a signal that JetStream delivered. */
    static DeadLetter ofSignal(String source, byte[] body, InvalidSignalException why, Delivery delivery) {
        return new DeadLetter(
                source, Content.SIGNAL, why.letterClass(), why.getMessage(), why.remedy(), body, delivery);
    }

    /**
     * The same for every delivery of the same signal, and for a webhook of the same source with the same body. So a
     * letter that is stored again, because the answer of NATS was lost, is kept once as far as the stream's duplicate window reaches.
     */
    String id() {
        var what = delivery == null
                ? source + "." + Sha256.hex(body)
                : Names.SIGNALS + "." + delivery.sequence() + "." + delivery.storedAt();
        return UUID.nameUUIDFromBytes(what.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /**
     * The letter as JSON.
     *
     * @param token the source as it is in the subject
     * @param limit how many bytes it may have; the body is cut to fit
     */
    byte[] toBytes(String id, String token, Instant time, int limit) {
        var node = withoutBody(id, token, time, reason, remedy);
        var room = limit - write(node).length;
        if (room < 0) {
            node = withoutBody(id, token, time, SafeText.line(reason, SHORT_LIMIT), SafeText.line(remedy, SHORT_LIMIT));
            room = limit - write(node).length;
        }
        var kept = (int) Math.min(body.length, Math.max(0, room / 4 * 3L));
        node.put("bodyBase64", Base64.getEncoder().encodeToString(Arrays.copyOf(body, kept)));
        node.put("bodyTruncated", kept < body.length);
        return write(node);
    }

    private ObjectNode withoutBody(String id, String token, Instant time, String why, String what) {
        var node = JSON.createObjectNode();
        node.put("id", id);
        node.put("source", token);
        node.put("content", content.wireName);
        node.put("class", letterClass.wireName());
        node.put("reason", why);
        node.put("remedy", what);
        node.put("time", time.toString());
        node.put("deliveries", delivery == null ? 1 : delivery.count());
        node.put("bodyBase64", "");
        node.put("bodyBytes", body.length);
        node.put("bodyTruncated", false);
        if (delivery != null) {
            node.put("stream", Names.SIGNALS);
            node.put("sequence", delivery.sequence());
        }
        return node;
    }

    private static byte[] write(ObjectNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
