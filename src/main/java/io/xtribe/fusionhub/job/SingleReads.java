package io.xtribe.fusionhub.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Which records are read one by one for what no list of their platform shows: first those that have changed since such reads were made,
 * then others by turns, so that each has its turn however many there are: pure.
 */
final class SingleReads {

    private static final Comparator<Subject> BY_CHANGE =
            Comparator.comparing(Subject::changedAt).thenComparing(Subject::incident);

    private SingleReads() {}

    /**
     * The records of an incident on one platform.
     *
     * @param changedAt when they changed last, as the platform tells; {@link Instant#EPOCH} where it does not
     */
    record Subject(String incident, Instant changedAt) {}

    /**
     * How far the single reads of a platform have come.
     *
     * @param changedAt what has changed up to then was read, by the platform's clock
     * @param id of what has changed at that very moment, up to this incident; empty: that is read again, since it may go on changing
     * @param turn the incident whose turn was the last one; empty at the beginning
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Mark(Instant changedAt, String id, String turn) {
        static final Mark NONE = new Mark(Instant.EPOCH, "", "");

        Mark {
            id = id == null ? "" : id;
            turn = turn == null ? "" : turn;
        }

        private boolean isBefore(Subject subject) {
            var order = changedAt.compareTo(subject.changedAt());
            return order < 0 || order == 0 && id.compareTo(subject.incident()) < 0;
        }
    }

    /**
     * What was chosen.
     *
     * @param changed how many of them have changed since the mark
     * @param leftChanged how many others have, and are left to the next run
     * @param leftUnchanged how many have not, and it is not their turn
     * @param next the mark once these are read
     */
    record Choice(List<String> incidents, int changed, int leftChanged, int leftUnchanged, Mark next) {}

    /** Chooses so many at most. */
    static Choice choose(List<Subject> subjects, Mark mark, int most) {
        var changed = subjects.stream().filter(mark::isBefore).sorted(BY_CHANGE).toList();
        var first = changed.subList(0, Math.min(most, changed.size()));
        var others = inTurn(
                subjects.stream().filter(subject -> !mark.isBefore(subject)).toList(), mark.turn());
        var byTurn = others.subList(0, Math.min(most - first.size(), others.size()));
        var chosen = new ArrayList<String>(first.size() + byTurn.size());
        first.forEach(subject -> chosen.add(subject.incident()));
        byTurn.forEach(subject -> chosen.add(subject.incident()));
        var last = first.isEmpty() ? null : first.get(first.size() - 1);
        var leftChanged = changed.size() - first.size();
        var next = new Mark(
                last == null ? mark.changedAt() : last.changedAt(),
                last == null ? mark.id() : leftChanged == 0 ? "" : last.incident(),
                byTurn.isEmpty() ? mark.turn() : byTurn.get(byTurn.size() - 1).incident());
        return new Choice(List.copyOf(chosen), first.size(), leftChanged, others.size() - byTurn.size(), next);
    }

    /** Those after the last turn come first. */
    private static List<Subject> inTurn(List<Subject> subjects, String turn) {
        return subjects.stream()
                .sorted(Comparator.comparing(
                                (Subject subject) -> subject.incident().compareTo(turn) <= 0)
                        .thenComparing(Subject::incident))
                .toList();
    }
}
