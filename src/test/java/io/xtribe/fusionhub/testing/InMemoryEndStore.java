package io.xtribe.fusionhub.testing;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.End;
import io.xtribe.fusionhub.incident.EndStore;

/** Ends in memory, for ever. */
public final class InMemoryEndStore implements EndStore {
    private final Map<String, End> ends = new ConcurrentHashMap<>();
    private volatile boolean late;

    /** The next look finds nothing, as when another hub writes a moment later. */
    public void comeLate() {
        late = true;
    }

    @Override
    public Optional<End> find(String id) {
        if (late) {
            late = false;
            return Optional.empty();
        }
        return Optional.ofNullable(ends.get(id));
    }

    @Override
    public void remember(String id, End end) {
        ends.merge(id, end, (known, next) -> next.replaces(known) ? next : known);
    }

    /** How many are remembered. */
    public int size() {
        return ends.size();
    }
}
