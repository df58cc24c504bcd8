package io.xtribe.fusionhub.intake;

import java.util.Optional;

import io.xtribe.fusionhub.incident.Held;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Priority;

/** Says which new incidents are held. */
public interface Brake {

    /** Holds nothing. */
    Brake NONE = (source, id, priority) -> Optional.empty();

    /**
     * The mark of what begins and is to be held; empty where it is let through.
     *
     * @param source the platform on which it begins
     * @param id by which it is known again when its signal is delivered again
     */
    Optional<Held> hold(String source, String id, Priority priority);

    /** The same of a new incident. */
    default Optional<Held> hold(Incident incident) {
        return hold(incident.origin().platform(), incident.id(), incident.priority());
    }
}
