package io.xtribe.fusionhub.console.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.xtribe.fusionhub.deadletter.StoredLetter;
import io.xtribe.fusionhub.http.ShortBodies;
import io.xtribe.fusionhub.incident.IncidentJson;

/**
 * One dead letter with its body.
 *
 * @param body as text, laid out where it is JSON; bytes that are no text as hexadecimal digits
 * @param isCut whether more of it is not shown
 * @param editable the text to begin with where it may be edited; empty where it is too long, or no text
 * @param provable whether it may be given to the hubs at all
 */
public record LetterView(StoredLetter letter, String body, boolean isCut, String editable, boolean provable) {

    /** More of a body is not shown. */
    private static final int SHOWN = 64 * 1024;
    /** The rest of what a request may have is for quotes and the reason. */
    private static final int EDITED = ShortBodies.LIMIT - 2 * 1024;

    static LetterView of(StoredLetter letter, byte[] body) {
        var text = text(body);
        var shown = text == null ? HexFormat.ofDelimiter(" ").formatHex(body, 0, Math.min(body.length, 1_024)) : text;
        var isWhole = body.length >= letter.bodyBytes();
        var fits = text != null && isWhole && quoted(text) <= EDITED;
        return new LetterView(
                letter,
                shown.length() > SHOWN ? shown.substring(0, SHOWN) : shown,
                !isWhole || shown.length() > SHOWN || text == null && body.length > 1_024,
                fits ? text : "",
                !"unauthenticated".equals(letter.letterClass()));
    }

    /** Null where it is none. */
    private static String text(byte[] body) {
        try {
            return laidOut(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static String laidOut(String text) {
        try {
            var mapper = IncidentJson.mapper();
            var laidOut = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(text));
            return quoted(laidOut) <= EDITED || quoted(text) > EDITED ? laidOut : text;
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    /** How many bytes it has as a text within JSON, which is how it is given back. */
    private static int quoted(String text) {
        try {
            return IncidentJson.mapper().writeValueAsBytes(text).length;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not even as a text", e);
        }
    }

    /** Where it is asked for. */
    public String verb(String name) {
        return "/api/dead-letters/" + letter.sequence() + "/" + name;
    }

    public boolean isEditable() {
        return provable && !editable.isEmpty();
    }

    public String content() {
        return letter.isSignal() ? "signal" : "webhook";
    }
}
