package io.xtribe.fusionhub.deadletter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.StoredMessages;

/** The dead letters that are kept: read in pages, the newest first, and thrown away. */
@Singleton
public class DeadLetterStream {

    private static final Logger LOG = Logger.getLogger(DeadLetterStream.class);
    /** Messages are read upwards only: so many numbers are read at once, from the end. */
    private static final int WINDOW = 100;
    /** No request reads more than this, however few of them are asked for. */
    private static final int MOST_READ = 2_000;
    /** The newest is looked for among so many numbers, which may have been taken out again. */
    private static final int MOST_LOOKED_BACK = 5;

    private final StoredMessages messages;
    private final LetterReplay replay;

    public DeadLetterStream(StoredMessages messages, LetterReplay replay) {
        this.messages = messages;
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
     * Some of the letters.
     *
     * @param total how many letters there are, asked for or not
     * @param letters the newest first
     * @param before the number before which there may be more; 0: there are no more
     */
    public record Page(long total, List<StoredLetter> letters, long before) {}

    /**
     * The newest letters before a number.
     *
     * @param before 0: from the newest on
     * @param limit how many at most
     */
    public Page page(Filter filter, long before, int limit) {
        var range = messages.range(Names.DEAD_LETTERS);
        var subject = Names.deadLetters(filter.source().isEmpty() ? ">" : filter.source());
        var found = new ArrayList<StoredLetter>();
        var upTo = before > 0 ? Math.min(before - 1, range.last()) : range.last();
        for (var read = 0; upTo >= range.first() && read < MOST_READ; ) {
            var from = Math.max(range.first(), upTo - WINDOW + 1);
            var window = window(subject, from, upTo);
            read += Math.max(1, window.size());
            for (var stored : window) {
                var letter = letter(stored).filter(filter::covers);
                if (letter.isPresent() && found.size() == limit) {
                    return new Page(range.count(), found, stored.sequence() + 1);
                }
                letter.ifPresent(found::add);
            }
            upTo = from - 1;
        }
        return new Page(range.count(), found, upTo >= range.first() ? upTo + 1 : 0);
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

    /** What is kept between two numbers, the newest first. */
    private List<StoredMessages.Stored> window(String subject, long from, long upTo) {
        var found = new ArrayDeque<StoredMessages.Stored>();
        for (var next = messages.next(Names.DEAD_LETTERS, subject, from - 1);
                next.isPresent() && next.get().sequence() <= upTo;
                next = messages.next(Names.DEAD_LETTERS, subject, next.get().sequence())) {
            found.addFirst(next.get());
        }
        return Collections.unmodifiableList(new ArrayList<>(found));
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
