package io.xtribe.fusionhub.platform;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Lists of a platform's account that mappings need, such as the ids of its priorities. Each is read by the route {@code
 * <platform>-list-<name>}, at start, again from time to time, and soon after a failure.
 */
public final class AccountLists {

    /** When a list is read again. */
    private record Turn(long nanos, boolean read) {}

    /** Those that could not be read when it was their turn. */
    private final Set<String> failed = ConcurrentHashMap.newKeySet();

    private final Map<String, Turn> turns = new ConcurrentHashMap<>();
    private volatile ObjectNode all = JsonNodeFactory.instance.objectNode();

    /** All lists by name, which mappings see as {@code $lists}; one that was not read yet is absent. Not to be changed. */
    JsonNode all() {
        return all;
    }

    /** Takes the turn to read a list, if it is to be read now. */
    boolean takeTurn(String name, Duration refresh, Duration retry) {
        var now = System.nanoTime();
        var before = turns.get(name);
        var isDue = before == null || now - before.nanos() > (before.read() ? refresh : retry).toNanos();
        if (isDue && before != null && !before.read()) {
            failed.add(name);
        }
        return isDue
                && (before == null
                        ? turns.putIfAbsent(name, new Turn(now, false)) == null
                        : turns.replace(name, before, new Turn(now, false)));
    }

    /** Whether its last turn has not brought it: it could not be read, or is being read just now. */
    boolean isMissed(String name) {
        var turn = turns.get(name);
        return turn != null && !turn.read();
    }

    /** Whether an earlier reading of it is still there. */
    boolean isKnown(String name) {
        return all.has(name);
    }

    /** Forgets what was read. */
    public synchronized void forget() {
        all = JsonNodeFactory.instance.objectNode();
        turns.clear();
    }

    /** Others that hold the same now. */
    AccountLists copy() {
        var copy = new AccountLists();
        copy.all = all;
        return copy;
    }

    /** Takes this for a list that nobody has read. Returns whether nobody has. */
    public synchronized boolean assume(String name, JsonNode list) {
        var isUnread = !all.has(name);
        if (isUnread) {
            var next = all.deepCopy();
            next.set(name, list);
            all = next;
        }
        return isUnread;
    }

    /** A list was read. Returns whether that may mend what was refused: it is another one, or could not be read before. */
    public synchronized boolean remember(String name, JsonNode list) {
        var isOther = all.has(name) && !all.get(name).equals(list);
        var next = all.deepCopy();
        next.set(name, list);
        all = next;
        turns.computeIfPresent(name, (same, turn) -> new Turn(turn.nanos(), true));
        return failed.remove(name) || isOther;
    }
}
