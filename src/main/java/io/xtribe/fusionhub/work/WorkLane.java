package io.xtribe.fusionhub.work;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Status;

/** In which order work that is due is taken up: an incident that nobody was paged for goes before all catching up. */
public enum WorkLane {
    /** A P1 that nobody was paged for yet. */
    P1_TRIGGER,
    /** Any other incident that nobody was paged for yet. */
    TRIGGER,
    /** Everything later: links, changes, repetitions after a failure. */
    FOLLOW_UP;

    /** The lane of an incident as it is: as a new one until somebody was paged for it, or it is over. */
    public static WorkLane of(Incident incident) {
        return of(incident.priority(), incident.status(), incident.pagedAt() != null || incident.linkedAt() != null);
    }

    /**
     * The same from what is known of it.
     *
     * @param isPaged whether somebody was paged; or, where no paging platform takes part, whether it is linked
     */
    public static WorkLane of(Priority priority, Status status, boolean isPaged) {
        return isPaged || status == Status.RESOLVED ? FOLLOW_UP : ofTrigger(priority);
    }

    /** The lane of a new incident. */
    public static WorkLane ofTrigger(Priority priority) {
        return priority == Priority.P1 ? P1_TRIGGER : TRIGGER;
    }

    /** The one of the two that is taken up first. */
    WorkLane orMoreUrgent(WorkLane other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
