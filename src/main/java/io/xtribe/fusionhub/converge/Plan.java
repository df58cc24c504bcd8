package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.PlatformProfile;

/**
 * What is missing between the desired state and what the platforms are known to hold: a function of the record, safe
 * to compute at any time by any hub.
 *
 * @param steps what can be done now
 * @param blocked whether something is missing that cannot be done now
 * @param retryIn how long until the next of those becomes possible, as far as can be told
 */
public record Plan(List<Step> steps, boolean blocked, Duration retryIn) {

    /** How long is waited for what nobody can tell the end of, such as a pause. */
    static final Duration UNTIL_TOLD = Duration.ofMinutes(1);

    /** Whether the platforms are as they should be, as far as the hub can bring it about. */
    public boolean isComplete() {
        return steps.isEmpty() && !blocked;
    }

    /**
     * Plans.
     *
     * @param incident the record
     * @param profiles the platforms that take part
     * @param clock judges attempts
     * @param heldFor how long a platform, or {@link Holds#of} it, must not be called; zero when it may be
     */
    public static Plan of(
            Incident incident, List<PlatformProfile> profiles, AttemptClock clock, Function<String, Duration> heldFor) {
        return new Planner(incident, profiles, clock, heldFor).plan();
    }

    /** Starts the time of everything that a plan for this incident will be timed by; planning itself starts no clock. */
    public static void see(Incident incident, List<PlatformProfile> profiles, AttemptClock clock) {
        new Planner(incident, profiles, clock, platform -> Duration.ZERO).see();
    }

    /** The URLs that a record should show: the other platforms', and beside the primary part that of its own. */
    public static Map<String, Reference> wantedLinks(
            Incident incident, List<PlatformProfile> profiles, PlatformProfile profile, String part) {
        var wanted = new TreeMap<String, Reference>();
        for (var other : profiles) {
            var primary = incident.part(other.name(), other.primaryPart());
            var self = other.name().equals(profile.name()) && part.equals(profile.primaryPart());
            if (!self && primary.isOpened()) {
                wanted.put(other.name(), primary.reference());
            }
        }
        return wanted;
    }

    /** Whether all primary records stand and show each other. */
    public static boolean isLinked(Incident incident, List<PlatformProfile> profiles) {
        return profiles.stream().allMatch(profile -> {
            var part = incident.part(profile.name(), profile.primaryPart());
            return part.isOpened()
                    && (profile.lacks().contains(Operation.LINK)
                            || profiles.stream()
                                    .filter(other -> !other.name().equals(profile.name()))
                                    .allMatch(other -> part.links().containsKey(other.name())));
        });
    }
}
