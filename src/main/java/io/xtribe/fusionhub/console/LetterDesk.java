package io.xtribe.fusionhub.console;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.deadletter.DeadLetterStream;
import io.xtribe.fusionhub.deadletter.LetterReplay;
import io.xtribe.fusionhub.deadletter.StoredLetter;
import io.xtribe.fusionhub.incident.NotPossibleException;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.job.JobRequest;
import io.xtribe.fusionhub.job.JobsInHub;
import io.xtribe.fusionhub.nats.RefusedByNatsException;
import io.xtribe.fusionhub.signal.InvalidSignalException;

/** Does with dead letters what an operator asks for, and says so in the log. Whatever makes no sense is a {@link NotPossibleException}. */
@Singleton
public class LetterDesk {

    /** How many letters a second are given to the hubs where nothing else is said, and at most. */
    public static final int DEFAULT_RATE = 20;

    public static final int MAX_RATE = 1_000;

    private static final Logger LOG = Logger.getLogger(LetterDesk.class);

    /**
     * Which letters are given to the hubs again, and how.
     *
     * @param source only those of this platform; empty: any
     * @param letterClass only those of this class; empty: any
     * @param since none that is older; null: any
     * @param until none that is newer; null: any
     * @param limit how many at most; 0: all
     * @param rate how many a second
     * @param dryRun whether it is only told what would be done
     */
    public record Many(
            String source, String letterClass, Instant since, Instant until, int limit, int rate, boolean dryRun) {}

    private final DeadLetterStream letters;
    private final LetterReplay replay;
    private final JobsInHub jobs;

    public LetterDesk(DeadLetterStream letters, LetterReplay replay, JobsInHub jobs) {
        this.letters = letters;
        this.replay = replay;
        this.jobs = jobs;
    }

    /**
     * Gives one to the hubs again.
     *
     * @param corrected what stands in for its body; null: the body as it is
     * @throws InvalidSignalException when the corrected body is no signal
     */
    public void replay(StoredLetter letter, byte[] corrected, Operator.Request asked) {
        try {
            if (corrected == null) {
                replay.give(letter);
            } else {
                replay.give(letter, corrected);
            }
        } catch (InvalidSignalException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new NotPossibleException(
                    "dead letter " + letter.sequence() + " cannot be given to the hubs: " + e.getMessage());
        } catch (RefusedByNatsException e) {
            throw new NotPossibleException("NATS does not take it: " + e.getMessage());
        } catch (IOException | IllegalStateException e) {
            throw new StoreUnavailableException("NATS does not answer", e);
        }
        say("replayed", letter, corrected == null ? "" : ", corrected", asked);
    }

    /** Begins to give many to the hubs again: the job {@code replay}, run in this hub. Returns the id of its run. */
    public String replayAll(Many many, Operator.Request asked) {
        var run = jobs.start(new JobRequest(
                "replay",
                many.dryRun(),
                many.since(),
                many.until(),
                many.source(),
                many.limit(),
                asked.who(),
                "",
                "",
                "none",
                Map.of("class", many.letterClass(), "rate", Integer.toString(many.rate()))));
        LOG.infof("Dead letters are replayed for %s, run %s: %s", asked.who(), run, asked.reason());
        return run;
    }

    /** Throws it away. */
    public void discard(StoredLetter letter, Operator.Request asked) {
        letters.discard(letter);
        say("discarded", letter, "", asked);
    }

    private static void say(String what, StoredLetter letter, String how, Operator.Request asked) {
        LOG.infof(
                "Dead letter %d of %s %s by %s%s: %s",
                letter.sequence(), letter.source(), what, asked.who(), how, asked.reason());
    }
}
