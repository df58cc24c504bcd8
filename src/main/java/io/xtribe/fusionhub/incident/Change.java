package io.xtribe.fusionhub.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a signal or the end of a step makes of an incident.
 *
 * @param incident the incident afterwards; equal to the one before when nothing changed
 * @param decided what was decided, for the timeline
 */
public record Change(Incident incident, List<Note> decided) {

    static Change of(Incident incident, Rule rule, String text) {
        return new Change(incident, List.of(new Note(rule, text)));
    }

    /** Nothing. */
    static Change none(Incident incident) {
        return new Change(incident, List.of());
    }

    /** What was decided, in words. */
    public List<String> notes() {
        return decided.stream().map(Note::text).toList();
    }

    /** The same, with a further change that needs no words. */
    Change map(UnaryOperator<Incident> change) {
        return new Change(change.apply(incident), decided);
    }

    /** The same, and what follows from it. */
    Change then(Function<Incident, Change> change) {
        var next = change.apply(incident);
        var all = new ArrayList<>(decided);
        all.addAll(next.decided());
        return new Change(next.incident(), all);
    }
}
