package io.xtribe.fusionhub.console.jmx;

import java.util.Map;

/** One platform, for JMX. */
@Says("Whether this hub may call a platform, and what waits for it. A pause holds for all hubs.")
public interface PlatformMXBean {

    @Says("OK, LIMITED, HELD, PROBING, BROKEN or PAUSED: the gravest thing that keeps it from being called")
    String getState();

    @Says("Since when, by this host's clock; empty when nothing keeps it from being called")
    String getSince();

    @Says("Until when, as far as that can be told")
    String getUntil();

    @Says("What the vendor said last when it refused or did not answer, or who has paused it and why")
    String getWords();

    @Says("Whether it refuses our credentials, or somebody has paused it")
    boolean isPaused();

    @Says("Who has paused it by hand; empty when nobody has")
    String getPausedBy();

    @Says("Whether the vendor has asked not to be called for a while")
    boolean isHeld();

    @Says(
            "closed: it answers. open: it does not, and nothing is sent. half-open: a few steps try whether it does again")
    String getBreaker();

    @Says("Calls that this hub may make at once now, by limit; empty while no limit is known")
    Map<String, Long> getBudget();

    @Says("Steps that wait for it, by lane")
    Map<String, Integer> getQueue();

    @Says(
            "For how long the oldest step that waits has waited, in milliseconds, by lane; lanes in which none waits are left out")
    Map<String, Long> getLagMillis();

    @Says("Steps that wait for it")
    int getWaiting();

    @Says("Calls it for nothing, at all hubs, until it is resumed")
    String pause(@Says("Why, for those who see it paused; may be empty") String reason);

    @Says("Ends a pause by hand: what waits goes on at once")
    String resume(@Says("Why; may be empty") String reason);
}
