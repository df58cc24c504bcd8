package io.xtribe.fusionhub.nats;

import java.util.function.UnaryOperator;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;

/** A caller's change that waits to be written, maybe together with others'. Guarded by whoever writes them. */
final class PendingChange {

    private final String id;
    private final UnaryOperator<Incident> change;
    private Incident made;
    private RuntimeException failure;
    private Versioned outcome;

    PendingChange(String id, UnaryOperator<Incident> change) {
        this.id = id;
        this.change = change;
    }

    boolean isOf(String incidentId) {
        return id.equals(incidentId);
    }

    /** Makes the change, maybe anew; one that cannot be made leaves the incident as it is for the others. */
    Incident applyTo(Incident incident) {
        failure = null;
        try {
            made = change.apply(incident);
            return made;
        } catch (RuntimeException e) {
            failure = e;
            return incident;
        }
    }

    void stored(long revision) {
        outcome = failure == null ? new Versioned(made, revision) : null;
    }

    void failed(RuntimeException e) {
        failure = e;
    }

    boolean isOver() {
        return outcome != null || failure != null;
    }

    /** What the caller gets to see: the record as this change left it, or why it was not made. */
    Versioned outcome() {
        if (failure != null) {
            throw failure;
        }
        return outcome;
    }
}
