package io.xtribe.fusionhub.deadletter;

import java.util.Optional;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NewestFirst;
import io.xtribe.fusionhub.nats.StoredMessages;

/** The dead letters that are kept: read in pages, the newest first, and thrown away. */
@Singleton
public class DeadLetterStream {

    private static final Logger LOG = Logger.getLogger(DeadLetterStream.class);
    /** The newest is looked for among so many numbers, which may have been taken out again. */
    private static final int MOST_LOOKED_BACK = 5;

    private final StoredMessages messages;
    private final NewestFirst pages;
    private final LetterReplay replay;

    public DeadLetterStream(StoredMessages messages, NewestFirst pages, LetterReplay replay) {
        this.messages = messages;
        this.pages = pages;
        this.replay = replay;
    }

    /**
     * Which letters.
     *
     * @param source the platform that spoke; empty: any
     * @param letterClass the kind of reason; empty: any
     */
    public record Filter(String source, String letterClass) {

        boolean covers(StoredLetter letter) {
            return (source.isEmpty() || source.equals(letter.source()))
                    && (letterClass.isEmpty() || letterClass.equals(letter.letterClass()));
        }
    }

    /**
     * The newest letters before a number.
     *
     * @param before 0: from the newest on
     * @param limit how many at most
     */
    public NewestFirst.Page<StoredLetter> page(Filter filter, long before, int limit) {
        var subject = Names.deadLetters(filter.source().isEmpty() ? ">" : filter.source());
        return pages.page(Names.DEAD_LETTERS, subject, before, limit, stored -> letter(stored)
                .filter(filter::covers));
    }

    /**
     * How many letters there are, and the newest.
     *
     * @param newest null when there is none, or when the last ones are gone again
     */
    public record Overview(long count, StoredLetter newest) {}

    /** How many letters there are, and the newest, with a few requests. */
    public Overview overview() {
        var range = messages.range(Names.DEAD_LETTERS);
        var oldest = Math.max(range.first(), range.last() - MOST_LOOKED_BACK + 1);
        for (var number = range.last(); range.count() > 0 && number >= oldest; number--) {
            var letter = find(number);
            if (letter.isPresent()) {
                return new Overview(range.count(), letter.get());
            }
        }
        return new Overview(range.count(), null);
    }

    /** One letter; empty when it is not kept any more. */
    public Optional<StoredLetter> find(long sequence) {
        return messages.find(Names.DEAD_LETTERS, sequence).flatMap(DeadLetterStream::letter);
    }

    /** The body of a letter: the whole, where that is still kept. */
    public byte[] body(StoredLetter letter) {
        try {
            return letter.isCut() ? replay.whole(letter) : letter.body();
        } catch (IllegalArgumentException e) {
            LOG.debugf("Letter %d: %s", letter.sequence(), e.getMessage());
            return letter.body();
        }
    }

    /** Throws it away; nothing happens when it is gone. */
    public void discard(StoredLetter letter) {
        messages.remove(Names.DEAD_LETTERS, letter.sequence());
    }

    private static Optional<StoredLetter> letter(StoredMessages.Stored stored) {
        try {
            return Optional.of(StoredLetter.of(stored));
        } catch (IllegalArgumentException e) {
            LOG.warnf(
                    "Message %d of %s is no dead letter: %s. Remove it, if nobody needs it",
                    stored.sequence(), Names.DEAD_LETTERS, e.getMessage());
            return Optional.empty();
        }
    }
}
