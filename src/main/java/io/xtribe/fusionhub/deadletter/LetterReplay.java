package io.xtribe.fusionhub.deadletter;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.intake.Envelopes;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.nats.StoredMessages;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.signal.CloudEvent;
import io.xtribe.fusionhub.signal.InvalidSignalException;
import io.xtribe.fusionhub.signal.SafeText;

/**
 * Gives dead letters to the hubs again. A letter leaves its stream once its signal is stored, so that nothing is lost when that fails, and
 * a letter that is given twice changes nothing. What fails again becomes a new letter.
 */
@Singleton
public class LetterReplay {

    /** The class that only Vector writes. */
    private static final String UNAUTHENTICATED = "unauthenticated";

    private final StoredMessages messages;
    private final Publisher publisher;
    private final Envelopes envelopes;
    private final Platforms platforms;

    public LetterReplay(StoredMessages messages, Publisher publisher, Envelopes envelopes, Platforms platforms) {
        this.messages = messages;
        this.publisher = publisher;
        this.envelopes = envelopes;
        this.platforms = platforms;
    }

    /**
     * Gives it to the hubs, and takes it out of the dead letters.
     *
     * @throws IllegalArgumentException when it cannot be given to the hubs as it is; the message says why
     * @throws RefusedByNatsException when the server does not take it
     * @throws IOException when NATS does not answer
     */
    public void give(StoredLetter letter) throws IOException {
        give(letter, letter.source(), "", signal(letter));
    }

    /**
     * The same with a body that somebody has corrected, in the form of the letter's own: what a platform sends, or a signal.
     *
     * @throws InvalidSignalException when the body is no such signal
     */
    public void give(StoredLetter letter, byte[] corrected) throws IOException {
        checkProven(letter);
        var edition = ":" + UUID.nameUUIDFromBytes(corrected);
        var source = letter.isSignal() ? CloudEvent.parse(corrected, Set.of()).source() : letter.source();
        checkTakesPart(source);
        var signal = letter.isSignal() ? corrected : enveloped(letter, letter.id() + edition, corrected);
        give(letter, source, edition, signal);
    }

    private void give(StoredLetter letter, String source, String edition, byte[] signal) throws IOException {
        var id = "replay:" + letter.id() + ":" + letter.sequence() + edition;
        publisher.publish(Names.signals(source), id, Map.of(), signal);
        messages.remove(Names.DEAD_LETTERS, letter.sequence());
    }

    /**
     * The signal in it.
     *
     * @throws IllegalArgumentException when it cannot be given to the hubs as it is; the message says why
     */
    public byte[] signal(StoredLetter letter) {
        checkProven(letter);
        checkTakesPart(letter.source());
        var body = letter.isCut() ? whole(letter) : letter.body();
        return letter.isSignal() ? body : enveloped(letter, letter.id(), body);
    }

    private static void checkProven(StoredLetter letter) {
        if (UNAUTHENTICATED.equals(letter.letterClass())) {
            throw new IllegalArgumentException("nobody has proven that the platform sent it");
        }
    }

    private void checkTakesPart(String source) {
        if (platforms.find(source).isEmpty()) {
            throw new IllegalArgumentException("its source " + SafeText.quoted(source) + " takes no part");
        }
    }

    private byte[] enveloped(StoredLetter letter, String id, byte[] body) {
        return envelopes
                .of(letter.source(), Envelopes.id(letter.source() + ":replay:", id), object(body))
                .toBytes();
    }

    private static JsonNode object(byte[] body) {
        try {
            var data = IncidentJson.mapper().readTree(body);
            if (data.isObject()) {
                return data;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("its body is no JSON object", e);
        }
        throw new IllegalArgumentException("its body is no JSON object");
    }

    /**
     * The whole body of one that was cut, where it is still kept among the signals.
     *
     * @throws IllegalArgumentException when it is not
     */
    byte[] whole(StoredLetter letter) {
        return messages.find(Names.SIGNALS, letter.cutFrom())
                .filter(found -> letter.isSignal() && letter.cutFrom() > 0)
                .orElseThrow(() -> new IllegalArgumentException("its body was cut, and the whole is not kept any more"))
                .data();
    }
}
