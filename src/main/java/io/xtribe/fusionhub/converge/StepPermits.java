package io.xtribe.fusionhub.converge;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.Lane;
import io.xtribe.fusionhub.platform.availability.Permit;
import io.xtribe.fusionhub.platform.availability.Wish;

/**
 * Permits for steps: asked for before an attempt is stored, so that neither an attempt nor a lease grows old while a step
 * waits for its platform.
 */
public final class StepPermits {

    private final Availability availability;

    public StepPermits(Availability availability) {
        this.availability = availability;
    }

    /** Whether the step may be done now. If not, it waits in its platform's list, and its incident is woken in its turn. */
    boolean take(Step step) {
        return availability.of(step.platform()).take(wish(step));
    }

    /** Puts the step on the list of a platform that cannot be called at all, so that it is taken up when that is back. */
    void await(Step step) {
        if (availability.of(step.platform()).isAway()) {
            take(step);
        }
    }

    /** An incident wants only these steps now: what it waited for before, and permits set aside for that, go to others. */
    void keepOnly(String incidentId, List<Step> wanted) {
        availability.keepOnly(incidentId, wanted.stream().map(StepPermits::key).collect(Collectors.toSet()));
    }

    /** Another hub works on the incident, or nobody needs to. */
    void forget(String incidentId) {
        availability.keepOnly(incidentId, Set.of());
    }

    /** The permit of a step that begins; null when it has none, because it follows another step at once. */
    Permit begin(Step step) {
        return availability.of(step.platform()).begin(key(step));
    }

    private static Wish wish(Step step) {
        return new Wish(step.incidentId(), key(step), kind(step.operation().verb(), step.routePart()), lane(step));
    }

    private static String key(Step step) {
        return step.incidentId() + "/" + kind(step.operation().verb(), step.routePart());
    }

    /** Steps of one kind begin with the same request. */
    public static String kind(String operation, String part) {
        return operation + "/" + part;
    }

    static Lane lane(Step step) {
        return switch (step.operation()) {
            case READ -> step.concernsOrigin() ? opening(step) : Lane.STATUS;
            case OPEN -> opening(step);
            case FIND -> step.state().isOpened() ? Lane.LINKS : opening(step);
            case UPDATE, CLOSE -> Lane.STATUS;
            case LINK, COMMENT -> Lane.LINKS;
        };
    }

    private static Lane opening(Step step) {
        return step.incident().priority() == Priority.P1 ? Lane.OPEN_P1 : Lane.OPEN;
    }
}
