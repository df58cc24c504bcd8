package io.xtribe.fusionhub.console.jmx;

/** The work queue, for JMX. */
@Says("Incidents that are not settled, as this hub sees them, and what an operator does with one of them.")
public interface WorkMXBean {

    @Says("Incidents that wait for their time here")
    int getSize();

    @Says("For how long the one that has been due for longest has waited, in seconds; 0 when none is due")
    long getOldestDueSeconds();

    @Says("Incidents that this hub has the right to work on")
    int getLeases();

    @Says("Incidents that this hub works on at this moment")
    int getInFlight();

    @Says("Whether this hub takes incidents up: not while it stops, nor while incident-converge is suspended")
    boolean isOpen();

    @Says("When the loop last looked for something to do")
    String getLastTurn();

    @Says("Marks an incident as work: a hub looks now whether something is left to do")
    String converge(
            @Says("The incident, fx-...") String incident, @Says("Why, for the timeline; may be empty") String reason);

    @Says("Tries again now what platforms have rejected of an incident")
    String retry(
            @Says("The incident, fx-...") String incident, @Says("Why, for the timeline; may be empty") String reason);
}
