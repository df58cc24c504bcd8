package io.xtribe.fusionhub.incident;

/**
 * What one record is to show. It differs from what is desired of the incident where the platform cannot show that, or is not
 * to be told.
 *
 * @param status the status
 * @param priority the priority
 */
public record Desired(Status status, Priority priority) {

    /** What is desired of the incident. */
    public static Desired of(Incident incident) {
        return new Desired(incident.status(), incident.priority());
    }
}
