package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Remembers the calls in order of arrival and counts them, so that a test can prove "no second create". */
public final class CallLog {
    /** Counts never forget; the list does, so that a benchmark of hours does not fill the memory. */
    private static final int REMEMBERED = 200_000;

    private final ArrayDeque<Call> calls = new ArrayDeque<>();
    private final Map<Platform, Map<String, Integer>> counts = new EnumMap<>(Platform.class);
    private long sequence;
    private long total;
    private long writes;
    private long committed;

    Call arrived(Platform platform, String operation, String method, String path, boolean write) {
        Call call = new Call(++sequence, platform, operation, method, path, write);
        calls.addLast(call);
        if (calls.size() > REMEMBERED) {
            calls.removeFirst();
        }
        counts.computeIfAbsent(platform, any -> new TreeMap<>()).merge(operation, 1, Integer::sum);
        total++;
        writes += write ? 1 : 0;
        return call;
    }

    void committed() {
        committed++;
    }

    /** Those of a platform and an operation (null: of all) with a higher sequence number. */
    ArrayNode list(String platform, String operation, long after) {
        ArrayNode list = Json.array();
        for (Call call : calls) {
            boolean wanted = call.sequence > after
                    && (platform == null || call.platform.key().equals(platform))
                    && (operation == null || call.operation.equals(operation));
            if (wanted) {
                list.add(call.toJson());
            }
        }
        return list;
    }

    ObjectNode counts() {
        ObjectNode result = Json.object();
        for (Platform platform : Platform.values()) {
            ObjectNode operations = result.putObject(platform.key());
            counts.getOrDefault(platform, Map.of()).forEach(operations::put);
        }
        return result.put("total", total).put("writes", writes).put("committed", committed);
    }

    void clear() {
        calls.clear();
        counts.clear();
        sequence = 0;
        total = 0;
        writes = 0;
        committed = 0;
    }
}
