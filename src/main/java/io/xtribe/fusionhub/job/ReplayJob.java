package io.xtribe.fusionhub.job;

import java.io.IOException;
import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.intake.Envelopes;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.nats.StoredMessages;
import io.xtribe.fusionhub.platform.Platforms;

/**
 * The job {@code replay}: gives dead letters to the hubs again, the oldest first. A letter leaves the stream once its signal is stored,
 * so that a run that is cut off goes on where it was, and a letter that is given twice changes nothing. What fails again becomes a new
 * letter.
 */
@Singleton
@Named("replayJob")
public class ReplayJob {

    /** The class that only Vector writes. */
    private static final String UNAUTHENTICATED = "unauthenticated";

    private static final String ALL = Names.deadLetters(">");
    /** Exchange property with the letter that comes next. */
    private static final String LETTER = "letter";
    /** Exchange property with the number up to which letters were looked at. */
    private static final String LOOKED_AT = "lookedAt";

    private final StoredMessages messages;
    private final Publisher publisher;
    private final Envelopes envelopes;
    private final Platforms platforms;
    private final Hubs hubs;

    public ReplayJob(
            StoredMessages messages, Publisher publisher, Envelopes envelopes, Platforms platforms, Hubs hubs) {
        this.messages = messages;
        this.publisher = publisher;
        this.envelopes = envelopes;
        this.platforms = platforms;
        this.hubs = hubs;
    }

    /** What is stored from now on is a letter of this run, and not given again by it. */
    public void begin(@Body JobRun run, Exchange exchange) {
        if (!run.request().dryRun()) {
            hubs.require();
        }
        exchange.setProperty(LOOKED_AT, 0L);
        exchange.setProperty("rate", run.request().option("rate").orElse("20"));
        run.progress().begin("dead letters", messages.count(Names.DEAD_LETTERS));
    }

    /** Looks for the next letter that is asked for. */
    public boolean hasNext(
            @ExchangeProperty(JobRun.PROPERTY) JobRun run,
            @ExchangeProperty(LOOKED_AT) long lookedAt,
            Exchange exchange) {
        var limit = run.request().limit();
        if (limit > 0 && run.counted("letters") >= limit) {
            return false;
        }
        var after = lookedAt;
        for (var next = messages.next(Names.DEAD_LETTERS, ALL, after);
                next.isPresent() && !next.get().storedAt().isAfter(run.startedAt());
                next = messages.next(Names.DEAD_LETTERS, ALL, after)) {
            after = next.get().sequence();
            run.progress().done(1);
            var letter = read(run, next.get());
            if (letter != null && isAskedFor(run.request(), letter)) {
                exchange.setProperty(LETTER, letter);
                exchange.setProperty(LOOKED_AT, after);
                return true;
            }
        }
        return false;
    }

    /** Gives it to the hubs, and takes it out of the dead letters. */
    public void replay(@ExchangeProperty(JobRun.PROPERTY) JobRun run, @ExchangeProperty(LETTER) Letter letter)
            throws IOException {
        run.count("letters", 1);
        try {
            var signal = signal(letter);
            if (run.request().dryRun()) {
                run.found(row(letter, State.WOULD, letter.words(), ""));
                return;
            }
            publisher.publish(
                    Names.signals(letter.source()),
                    "replay:" + letter.id() + ":" + letter.sequence(),
                    Map.of(),
                    signal);
            messages.remove(Names.DEAD_LETTERS, letter.sequence());
            run.count("replayed", 1);
            run.found(row(letter, State.DONE, letter.words(), ""));
        } catch (IllegalArgumentException | RefusedByNatsException e) {
            run.found(row(letter, State.LEFT, letter.words() + ": " + e.getMessage(), "docs/dead-letters.md"));
        }
    }

    private static Letter read(JobRun run, StoredMessages.Stored stored) {
        try {
            return Letter.of(stored.sequence(), stored.storedAt(), stored.data());
        } catch (IllegalArgumentException e) {
            run.found(new Finding(
                    "",
                    "",
                    "letter",
                    "message " + stored.sequence() + " of " + Names.DEAD_LETTERS + " is no dead letter: "
                            + e.getMessage(),
                    State.LEFT,
                    "remove it, if nobody needs it"));
            return null;
        }
    }

    private static boolean isAskedFor(JobRequest request, Letter letter) {
        return request.covers(letter.source())
                && request.covers(letter.at())
                && request.option("class").filter(letter.letterClass()::equals).isPresent()
                        == request.option("class").isPresent()
                && request.option("id").filter(letter.id()::equals).isPresent()
                        == request.option("id").isPresent();
    }

    /**
     * The signal in it.
     *
     * @throws IllegalArgumentException when it cannot be given to the hubs as it is; the message says why
     */
    private byte[] signal(Letter letter) throws IOException {
        if (UNAUTHENTICATED.equals(letter.letterClass())) {
            throw new IllegalArgumentException("nobody has proven that the platform sent it");
        }
        if (platforms.find(letter.source()).isEmpty()) {
            throw new IllegalArgumentException("its source '" + letter.source() + "' takes no part");
        }
        var body = letter.isCut() ? whole(letter) : letter.body();
        if (letter.isSignal()) {
            return body;
        }
        var data = IncidentJson.mapper().readTree(body);
        if (!data.isObject()) {
            throw new IllegalArgumentException("its body is no JSON object");
        }
        return envelopes
                .of(letter.source(), Envelopes.id(letter.source() + ":replay:", letter.id()), data)
                .toBytes();
    }

    private byte[] whole(Letter letter) {
        return messages.find(Names.SIGNALS, letter.cutFrom())
                .filter(found -> letter.isSignal() && letter.cutFrom() > 0)
                .orElseThrow(() -> new IllegalArgumentException("its body was cut, and the whole is not kept any more"))
                .data();
    }

    private static Finding row(Letter letter, State state, String text, String remedy) {
        return new Finding("", letter.source(), "letter", letter.id() + " " + text, state, remedy);
    }
}
