package io.xtribe.fusionhub.nats;

import java.util.function.UnaryOperator;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore.Versioned;

/** A caller's change that waits to be written, maybe together with others'. Guarded by the lock of the writer. */
final class PendingChange {

    private final String id;
    private final UnaryOperator<Incident> change;
    private RuntimeException failure;
    private Versioned outcome;

    PendingChange(String id, UnaryOperator<Incident> change) {
        this.id = id;
        this.change = change;
    }

    boolean isOf(String incidentId) {
        return id.equals(incidentId);
    }

    /** Makes the change, also repeatedly; if it fails, the incident stays as it is for the other changes. */
    Incident applyTo(Incident incident) {
        failure = null;
        try {
            return change.apply(incident);
        } catch (RuntimeException e) {
            failure = e;
            return incident;
        }
    }

    void stored(Versioned state) {
        outcome = failure == null ? state : null;
    }

    void failed(RuntimeException e) {
        failure = e;
    }

    boolean isOver() {
        return outcome != null || failure != null;
    }

    /** The record as it was stored, with the changes of others that went out together, or why this one was not made. */
    Versioned outcome() {
        if (failure != null) {
            throw failure;
        }
        return outcome;
    }
}
