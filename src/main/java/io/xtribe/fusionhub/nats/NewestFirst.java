package io.xtribe.fusionhub.nats;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import jakarta.inject.Singleton;

/** Reads what a stream keeps in pages, the newest first. */
@Singleton
public class NewestFirst {

    /** Messages are read upwards only: so many numbers are read at once, from the end. */
    private static final int WINDOW = 100;
    /** No request reads more than this, however few of them are asked for. */
    private static final int MOST_READ = 2_000;

    private final StoredMessages messages;

    public NewestFirst(StoredMessages messages) {
        this.messages = messages;
    }

    /**
     * Some of the messages.
     *
     * @param total how many messages the stream keeps, asked for or not
     * @param found the newest first
     * @param before the number before which there may be more; 0: there are no more
     */
    public record Page<T>(long total, List<T> found, long before) {}

    /**
     * The newest messages before a number.
     *
     * @param subject may end with {@code >}
     * @param before 0: from the newest on
     * @param limit how many at most
     * @param read makes of a message what is asked for; empty for what is not
     */
    public <T> Page<T> page(
            String stream, String subject, long before, int limit, Function<StoredMessages.Stored, Optional<T>> read) {
        var range = messages.range(stream);
        var found = new ArrayList<T>();
        var upTo = before > 0 ? Math.min(before - 1, range.last()) : range.last();
        for (var looked = 0; upTo >= range.first() && looked < MOST_READ; ) {
            var from = Math.max(range.first(), upTo - WINDOW + 1);
            var window = window(stream, subject, from, upTo);
            looked += Math.max(1, window.size());
            for (var stored : window) {
                var one = read.apply(stored);
                if (one.isPresent() && found.size() == limit) {
                    return new Page<>(range.count(), found, stored.sequence() + 1);
                }
                one.ifPresent(found::add);
            }
            upTo = from - 1;
        }
        return new Page<>(range.count(), found, upTo >= range.first() ? upTo + 1 : 0);
    }

    /** What is kept between two numbers, the newest first. */
    private Collection<StoredMessages.Stored> window(String stream, String subject, long from, long upTo) {
        var found = new ArrayDeque<StoredMessages.Stored>();
        for (var next = messages.next(stream, subject, from - 1);
                next.isPresent() && next.get().sequence() <= upTo;
                next = messages.next(stream, subject, next.get().sequence())) {
            found.addFirst(next.get());
        }
        return found;
    }
}
