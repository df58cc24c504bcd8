package io.xtribe.fusionhub.incident;

import java.time.Instant;

import io.xtribe.fusionhub.catalogue.RoutingHints;
import io.xtribe.fusionhub.signal.SafeText;

/** The hub's own incident that tells people how many incidents of a source the storm brake holds, and why: pure. */
public final class StormPage {

    /** Where it begins: no platform is called so. */
    public static final String ORIGIN = KeptComment.HUB;

    /** The part under which {@link ReferenceStore} keeps which incident tells of the storm of a source. */
    public static final String REFERENCE = "storm";

    private static final String SIGN = "fusion-hub.storm-brake";

    /**
     * What it tells.
     *
     * @param source whose incidents are held
     * @param held how many
     * @param limit more of them began within a minute; 0 where the brake is off by now
     * @param url where people open the hubs' page, or empty
     */
    public record Told(String source, int held, int limit, String url) {

        String title() {
            return "Storm brake: " + held + " new " + (held == 1 ? "incident" : "incidents") + " of " + source
                    + (held == 1 ? " is" : " are") + " held";
        }

        String description() {
            var why = limit == 0 ? "" : ", since more than " + limit + " began within a minute";
            var where = url.isEmpty() ? "on the page of Fusion Hub" : "at " + url + "/?trouble=held";
            return "Incidents of " + source + " are held by Fusion Hub" + why
                    + ": they are opened on no platform, and nobody is paged for them. Release or discard them " + where
                    + ", or by POST /api/triggers/held/release and /discard. How many they are stands in the title."
                    + " This incident is resolved by itself when none is held any more.";
        }
    }

    private StormPage() {}

    /** The id of the one that begins now. It is made up: two hubs agree by who claims it first. */
    public static String newId(String source, String made) {
        return CorrelationId.derive(ORIGIN, source, made);
    }

    /** The record, under the id that was claimed for it. */
    public static Incident open(String id, Told told, Instant now) {
        return new IncidentBuilder()
                .id(id)
                .generation(1)
                .origin(new Origin(ORIGIN, SIGN, told.source(), id, ""))
                .title(told.title())
                .description(SafeText.cut(told.description(), Trigger.DESCRIPTION_LIMIT))
                .priority(Priority.P1)
                .status(Status.OPEN)
                .hints(RoutingHints.NONE)
                .startedAt(now)
                .receivedAt(now)
                .build();
    }

    /** Whose storm an incident tells of; empty where it is none of the hub's own. */
    public static String sourceOf(Incident incident) {
        return SIGN.equals(incident.origin().source()) ? incident.origin().scope() : "";
    }

    /** What is held by now stands in the title; unless somebody has given it another one. */
    public static Change counted(Incident incident, Told told) {
        var isOver = incident.status() == Status.RESOLVED;
        if (isOver
                || !incident.title().startsWith("Storm brake: ")
                || incident.title().equals(told.title())) {
            return Change.none(incident);
        }
        return Change.of(
                incident.desiring(incident.status(), incident.priority(), told.title()),
                Rule.STORM_BRAKE,
                told.held() + " are held by now");
    }

    /** None is held any more. */
    public static Change over(Incident incident) {
        return incident.status() == Status.RESOLVED
                ? Change.none(incident)
                : Change.of(
                        incident.desiring(Status.RESOLVED, incident.priority()),
                        Rule.STORM_BRAKE,
                        "over: none is held any more");
    }
}
