package io.xtribe.fusionhub.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a signal or the end of a step makes of an incident.
 *
 * @param incident the incident afterwards; equal to the one before when nothing changed
 * @param notes what was decided, for the timeline
 */
public record Change(Incident incident, List<String> notes) {

    static Change of(Incident incident, String note) {
        return new Change(incident, List.of(note));
    }

    /** Nothing. */
    static Change none(Incident incident) {
        return new Change(incident, List.of());
    }

    /** The same, with a further change that needs no words. */
    Change map(UnaryOperator<Incident> change) {
        return new Change(change.apply(incident), notes);
    }

    /** The same, and what follows from it. */
    Change then(Function<Incident, Change> change) {
        var next = change.apply(incident);
        var all = new ArrayList<>(notes);
        all.addAll(next.notes());
        return new Change(next.incident(), all);
    }
}
