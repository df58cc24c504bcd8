package io.xtribe.fusionhub.incident;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What is done about changes by people: when those on several platforms disagree about one field, and when they acknowledge.
 *
 * @param order of the platforms: of two changes at nearly the same time the one on the earlier platform holds
 * @param window how long after a change one on another platform counts as made at the same time; zero: never
 * @param mostReturns how often a field may return to the value that it had before, within {@code returnWindow}
 * @param returnWindow how far back such returns are counted
 * @param keepingAcknowledged platforms on which the hub takes no acknowledgement back: they are told by a comment that somebody has
 * @param ownTitles platforms whose titles are shown nowhere else: a change of one stays there
 * @param unacknowledged platforms on which the hub does not acknowledge what is acknowledged elsewhere: they are told by a comment
 */
public record ChangeRules(
        List<String> order,
        Duration window,
        int mostReturns,
        Duration returnWindow,
        Set<String> unacknowledged,
        Set<String> keepingAcknowledged,
        Set<String> ownTitles) {

    public ChangeRules {
        order = List.copyOf(order);
        unacknowledged = Set.copyOf(unacknowledged);
        keepingAcknowledged = Set.copyOf(keepingAcknowledged);
        ownTitles = Set.copyOf(ownTitles);
    }

    /** Whether of two platforms the first one holds. */
    boolean comesFirst(String one, String other) {
        return rank(one) < rank(other);
    }

    /** One that is not in the list comes last. */
    private int rank(String platform) {
        var index = order.indexOf(platform);
        return index < 0 ? order.size() : index;
    }
}
