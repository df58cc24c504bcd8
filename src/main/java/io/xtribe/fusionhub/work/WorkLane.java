package io.xtribe.fusionhub.work;

import io.xtribe.fusionhub.incident.Priority;

/** In which order work that is due is taken up: an incident that nobody was paged for goes before all catching up. */
public enum WorkLane {
    /** The first pass of a P1. */
    P1_TRIGGER,
    /** The first pass of any other new incident. */
    TRIGGER,
    /** Everything later: links, changes, repetitions after a failure. */
    FOLLOW_UP;

    /** The lane of a new incident. */
    public static WorkLane ofTrigger(Priority priority) {
        return priority == Priority.P1 ? P1_TRIGGER : TRIGGER;
    }
}
