package io.xtribe.fusionhub.lab.sandbox.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;

/** The planned faults, first posted first used, and the connections that they keep without an answer. */
public final class Faults {
    private final List<Fault> planned = new ArrayList<>();
    private final Set<HttpConnection> unanswered = new LinkedHashSet<>();
    private long generation;

    void plan(Fault fault) {
        planned.add(fault);
    }

    /** The fault for this call, or null; one that is used up is forgotten. */
    Fault take(Platform platform, String operation, String path, String text) {
        for (Iterator<Fault> faults = planned.iterator(); faults.hasNext(); ) {
            Fault fault = faults.next();
            if (fault.applies(platform, operation, path, text)) {
                if (!fault.use()) {
                    faults.remove();
                }
                return fault;
            }
        }
        return null;
    }

    void keepUnanswered(HttpConnection connection, HttpServerResponse response) {
        unanswered.add(connection);
        response.closeHandler(closed -> unanswered.remove(connection));
    }

    /** Forgets the plans and closes what hangs. A late change that is already under way still happens. */
    void clear() {
        planned.clear();
        List<HttpConnection> hanging = new ArrayList<>(unanswered);
        unanswered.clear();
        hanging.forEach(HttpConnection::close);
    }

    /** As {@link #clear()}, and late changes that are under way are forgotten with the state they belong to. */
    void reset() {
        generation++;
        clear();
    }

    long generation() {
        return generation;
    }

    ArrayNode toJson() {
        ArrayNode list = Json.array();
        planned.forEach(fault -> list.add(fault.toJson()));
        return list;
    }
}
