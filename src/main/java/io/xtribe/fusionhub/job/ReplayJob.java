package io.xtribe.fusionhub.job;

import java.io.IOException;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;

import io.xtribe.fusionhub.deadletter.LetterReplay;
import io.xtribe.fusionhub.deadletter.StoredLetter;
import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.nats.StoredMessages;

/**
 * The job {@code replay}: gives dead letters to the hubs again, the oldest first. A letter leaves its stream when it is given, so that a
 * run that is cut off goes on where it was.
 */
@Singleton
@Named("replayJob")
public class ReplayJob {

    private static final String ALL = Names.deadLetters(">");
    /** Exchange property with the letter that comes next. */
    private static final String LETTER = "letter";
    /** Exchange property with the number up to which letters were looked at. */
    private static final String LOOKED_AT = "lookedAt";

    private final StoredMessages messages;
    private final LetterReplay replay;
    private final Hubs hubs;

    public ReplayJob(StoredMessages messages, LetterReplay replay, Hubs hubs) {
        this.messages = messages;
        this.replay = replay;
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
    public void replay(@ExchangeProperty(JobRun.PROPERTY) JobRun run, @ExchangeProperty(LETTER) StoredLetter letter)
            throws IOException {
        run.count("letters", 1);
        try {
            if (run.request().dryRun()) {
                replay.signal(letter);
                run.found(row(letter, State.WOULD, letter.words(), ""));
                return;
            }
            replay.give(letter);
            run.count("replayed", 1);
            run.found(row(letter, State.DONE, letter.words(), ""));
        } catch (IllegalArgumentException | RefusedByNatsException e) {
            run.found(row(letter, State.LEFT, letter.words() + ": " + e.getMessage(), "docs/dead-letters.md"));
        }
    }

    private static StoredLetter read(JobRun run, StoredMessages.Stored stored) {
        try {
            return StoredLetter.of(stored);
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

    private static boolean isAskedFor(JobRequest request, StoredLetter letter) {
        return request.covers(letter.source())
                && request.covers(letter.at())
                && request.option("class").filter(letter.letterClass()::equals).isPresent()
                        == request.option("class").isPresent()
                && request.option("id").filter(letter.id()::equals).isPresent()
                        == request.option("id").isPresent();
    }

    private static Finding row(StoredLetter letter, State state, String text, String remedy) {
        return new Finding("", letter.source(), "letter", letter.id() + " " + text, state, remedy);
    }
}
