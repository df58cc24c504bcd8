package io.xtribe.fusionhub.platform;

import java.util.Map;
import java.util.Set;

import io.xtribe.fusionhub.incident.Status;

/** How one kind of record follows the status that is desired of its incident: plain data, from {@code follows} and {@code status}. */
public final class StatusRule {

    /** A record that takes every status, and gives an acknowledgement up for none but the end. */
    public static final StatusRule PLAIN = new StatusRule(false, true, Set.of(), Map.of());

    private final boolean takesBack;
    private final boolean acknowledges;
    private final Set<Status> alike;
    private final Map<Status, Status> appears;

    /**
     * A rule.
     *
     * @param takesBack whether the hub takes an acknowledgement back there
     * @param acknowledges whether the hub acknowledges there what is acknowledged elsewhere
     * @param alike statuses that the record shows by one word, so that it need not be brought from one to another
     * @param appears which status a record shows that was sent another one, as a ticket that is reopened is in progress
     */
    public StatusRule(boolean takesBack, boolean acknowledges, Set<Status> alike, Map<Status, Status> appears) {
        this.takesBack = takesBack;
        this.acknowledges = acknowledges;
        this.alike = Set.copyOf(alike);
        this.appears = Map.copyOf(appears);
    }

    /**
     * What a record is to show.
     *
     * @param shown what it shows
     * @param desired what is desired of the incident
     * @return {@code shown} where the record agrees with what is desired: nothing is written then
     */
    public Status of(Status shown, Status desired) {
        var wanted = desired == Status.ACKNOWLEDGED && !acknowledges ? Status.OPEN : desired;
        return agrees(shown, wanted) ? shown : appears.getOrDefault(wanted, wanted);
    }

    /** Whether an acknowledgement elsewhere is not passed on to such a record, and is told there in another way. */
    public boolean withholds(Status desired) {
        return desired == Status.ACKNOWLEDGED && !acknowledges;
    }

    /** Whether such a record stays acknowledged when somebody takes that back elsewhere. */
    public boolean keepsAcknowledged() {
        return of(Status.ACKNOWLEDGED, Status.OPEN) == Status.ACKNOWLEDGED;
    }

    private boolean agrees(Status shown, Status wanted) {
        return shown == wanted
                || shown == Status.ACKNOWLEDGED && wanted == Status.OPEN && !takesBack
                || alike.contains(wanted) && alike.contains(shown);
    }
}
