package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.lab.sandbox.simulator.Platform;
import io.xtribe.fusionhub.lab.sandbox.simulator.SearchIndex;
import io.xtribe.fusionhub.lab.sandbox.simulator.Settings;

/** The records of one kind, in the order in which they were made, and what searches see of them. */
abstract class Resources<T extends Resource> {
    private final Map<String, T> byId = new LinkedHashMap<>();
    private final SearchIndex index;
    private int count;

    Resources(Settings settings) {
        index = new SearchIndex(() -> settings.indexLagMs(Platform.DATADOG));
    }

    void reset() {
        byId.clear();
        index.clear();
        count = 0;
    }

    Collection<T> all() {
        return byId.values();
    }

    List<ObjectNode> searchable() {
        return index.visible();
    }

    /** Null when there is none. */
    T byId(String id) {
        return byId.get(id);
    }

    /** Counts from one; the number of a deleted record is not given again. */
    int nextNumber() {
        return ++count;
    }

    void add(T made) {
        byId.put(made.id(), made);
        changed(made);
    }

    void remove(T deleted) {
        byId.remove(deleted.id());
        index.removed(deleted.id());
    }

    /** Call before a record is changed in place, and {@link #changed} afterwards: searches lag behind. */
    void changing(T one) {
        index.changing(one.id());
    }

    void changed(T one) {
        index.wrote(one.id(), one.resource());
    }
}
