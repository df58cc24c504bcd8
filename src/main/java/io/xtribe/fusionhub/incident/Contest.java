package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides which of two people's changes of one field holds, keeps who changed it, and freezes a field that goes back and forth:
 * what each of two parties, or of two rules, undoes of the other's is otherwise written for ever.
 */
final class Contest {

    /** Names of fields, in records and messages. */
    static final String STATUS = "status";

    static final String PRIORITY = "priority";

    static final String TITLE = "title";

    private final String platform;
    private final Hearing hearing;
    private final Map<String, List<Turn>> turns;
    private final Map<String, Instant> frozen;
    private final List<Note> notes = new ArrayList<>();

    Contest(Incident incident, String platform, Hearing hearing) {
        this.platform = platform;
        this.hearing = hearing;
        turns = new TreeMap<>(incident.turns());
        frozen = new TreeMap<>(incident.frozen());
    }

    /**
     * A change that somebody made on the platform.
     *
     * @param held what is desired
     * @param told what the platform shows
     * @return what is desired from now on
     */
    <T> T changed(String field, T held, T told) {
        if (told.equals(held)) {
            return held;
        }
        var before = turns.getOrDefault(field, List.of());
        var last = before.isEmpty() ? null : before.get(before.size() - 1);
        var isContested = last != null && isContested(last) && !isAcknowledgedAfterReopening(last, told);
        // The end of an incident is nobody's to take back but who reopens it, and that is told apart before.
        if (isContested && told != Status.RESOLVED && hearing.rules().comesFirst(last.platform(), platform)) {
            notes.add(new Note(Rule.CONTEST, lost(field, platform, told.toString(), last.platform(), last.to())));
            return held;
        }
        if (isContested) {
            notes.add(new Note(Rule.CONTEST, lost(field, last.platform(), last.to(), platform, told.toString())));
        }
        turns.put(field, with(before, new Turn(platform, held.toString(), told.toString(), hearing.at())));
        freeze(field);
        return told;
    }

    /** The incident with what was decided here. */
    Incident keptIn(Incident incident) {
        return incident.withTurns(turns).withFrozen(frozen);
    }

    /** What everybody should know of it, with platforms' names in braces. */
    List<Note> notes() {
        return notes;
    }

    private boolean isContested(Turn last) {
        return !last.platform().equals(platform)
                && Duration.between(last.at(), hearing.at())
                                .abs()
                                .compareTo(hearing.rules().window())
                        < 0;
    }

    /** To reopen an incident says nothing about whether somebody works on it: an acknowledgement after it contradicts nobody. */
    private static boolean isAcknowledgedAfterReopening(Turn last, Object told) {
        return told == Status.ACKNOWLEDGED && last.to().equals(Status.OPEN.name());
    }

    private String lost(String field, String loser, String lost, String winner, String held) {
        return "{" + loser + "} set the " + field + " to " + word(field, lost) + " and {" + winner + "} to "
                + word(field, held) + " within " + hearing.rules().window().toSeconds() + " s: " + word(field, held)
                + " holds"
                + (hearing.rules().comesFirst(winner, loser)
                        ? ", {" + winner + "} comes first in fusion.platforms"
                        : "");
    }

    /** A value in a note, where braces mark the names of platforms. */
    private static String word(String field, String value) {
        return field.equals(TITLE) ? "'" + value.replace('{', '(').replace('}', ')') + "'" : value;
    }

    private List<Turn> with(List<Turn> before, Turn turn) {
        var oldest = hearing.at().minus(hearing.rules().returnWindow());
        var kept = new ArrayList<>(
                before.stream().filter(one -> one.at().isAfter(oldest)).toList());
        // More than can be counted are not needed.
        while (kept.size() > hearing.rules().mostReturns() + 1) {
            kept.remove(0);
        }
        kept.add(turn);
        return List.copyOf(kept);
    }

    private void freeze(String field) {
        var all = turns.get(field);
        var returns = 0;
        for (var i = 1; i < all.size(); i++) {
            returns += all.get(i).to().equals(all.get(i - 1).from()) ? 1 : 0;
        }
        if (returns > hearing.rules().mostReturns() && !frozen.containsKey(field)) {
            frozen.put(field, hearing.at());
            notes.add(new Note(
                    Rule.FREEZE,
                    "the " + field + " went back and forth " + returns + " times within "
                            + hearing.rules().returnWindow().toMinutes()
                            + " min: it is frozen, and written nowhere until"
                            + " somebody releases it (POST /api/incidents/.../unfreeze)"));
        }
    }
}
