package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What searches see of a platform's records: each write only after the index lag. Reads by id do not come here.
 * Without a lag nothing is copied.
 */
public final class SearchIndex {
    private record Version(long at, ObjectNode record) {}

    private final Map<String, ArrayDeque<Version>> versions = new LinkedHashMap<>();
    private final LongSupplier lagMs;

    public SearchIndex(LongSupplier lagMs) {
        this.lagMs = lagMs;
    }

    public void wrote(String id, ObjectNode record) {
        long lag = lagMs.getAsLong();
        ArrayDeque<Version> known = versions.computeIfAbsent(id, any -> new ArrayDeque<>(1));
        if (lag <= 0) {
            known.clear();
            known.addLast(new Version(0, record));
            return;
        }
        freezeLive(known);
        known.addLast(new Version(System.currentTimeMillis(), record.deepCopy()));
    }

    /** Call before a record is changed in place, so that searches keep seeing what it was. */
    public void changing(String id) {
        ArrayDeque<Version> known = versions.get(id);
        if (known != null && lagMs.getAsLong() > 0) {
            freezeLive(known);
        }
    }

    private static void freezeLive(ArrayDeque<Version> known) {
        Version last = known.peekLast();
        if (last != null && last.at == 0) {
            known.removeLast();
            known.addLast(new Version(1, last.record.deepCopy()));
        }
    }

    public void removed(String id) {
        versions.remove(id);
    }

    /** The records as the index knows them now, in the order in which they were made. */
    public List<ObjectNode> visible() {
        long until = System.currentTimeMillis() - lagMs.getAsLong();
        List<ObjectNode> visible = new ArrayList<>(versions.size());
        for (ArrayDeque<Version> known : versions.values()) {
            while (known.size() > 1 && second(known).at <= until) {
                known.removeFirst();
            }
            if (known.peekFirst().at <= until) {
                visible.add(known.peekFirst().record);
            }
        }
        return visible;
    }

    private static Version second(ArrayDeque<Version> known) {
        var iterator = known.iterator();
        iterator.next();
        return iterator.next();
    }

    public void clear() {
        versions.clear();
    }
}
