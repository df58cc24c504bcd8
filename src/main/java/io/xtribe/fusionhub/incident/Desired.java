package io.xtribe.fusionhub.incident;

/**
 * What one record is to show: its status and priority, or its title, which is written by itself. Status and priority differ from those
 * of the incident where the platform cannot show them, or is not to be told.
 *
 * @param status the status
 * @param priority the priority
 * @param title the title that it is to be given, without a priority before it; null where it is not to be given one
 */
public record Desired(Status status, Priority priority, String title) {

    /** What is desired of the status and the priority of the incident. */
    public static Desired of(Incident incident) {
        return new Desired(incident.status(), incident.priority(), null);
    }
}
