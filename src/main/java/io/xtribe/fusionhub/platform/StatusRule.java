package io.xtribe.fusionhub.platform;

import java.util.EnumMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.incident.Status;

/** How one kind of record follows the status that is desired of its incident: plain data, from {@code follows} and {@code status}. */
public final class StatusRule {

    /** A record that takes every status, and gives an acknowledgement up for none but the end. */
    public static final StatusRule PLAIN = new StatusRule(false, true, Map.of());

    private final boolean takesBack;
    private final boolean acknowledges;
    private final Map<Status, JsonNode> words = new EnumMap<>(Status.class);

    /**
     * A rule.
     *
     * @param takesBack whether the hub takes an acknowledgement back there
     * @param acknowledges whether the hub acknowledges there what is acknowledged elsewhere
     * @param words what the record is sent for each status, as far as it is known; statuses with the same word look alike
     */
    public StatusRule(boolean takesBack, boolean acknowledges, Map<Status, JsonNode> words) {
        this.takesBack = takesBack;
        this.acknowledges = acknowledges;
        this.words.putAll(words);
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
        return agrees(shown, wanted) ? shown : wanted;
    }

    /** Whether an acknowledgement elsewhere is not passed on to such a record, and is told there in another way. */
    public boolean withholds(Status desired) {
        return desired == Status.ACKNOWLEDGED && !acknowledges;
    }

    private boolean agrees(Status shown, Status wanted) {
        return shown == wanted
                || shown == Status.ACKNOWLEDGED && wanted == Status.OPEN && !takesBack
                || words.containsKey(wanted) && words.get(wanted).equals(words.get(shown));
    }
}
