package io.xtribe.fusionhub.lab.sandbox;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.RoutingContext;

import io.xtribe.fusionhub.lab.sandbox.simulator.Page;
import io.xtribe.fusionhub.lab.sandbox.simulator.Simulator;

/** The page at {@code /}: the newest records of all platforms. */
final class HomePage {
    private static final int SHOWN = 200;

    private HomePage() {}

    static void answer(RoutingContext context, List<Simulator> simulators) {
        Page page = new Page("xTribe Fusion Hub", "Sandbox");
        for (Simulator simulator : simulators) {
            JsonNode records = simulator.records();
            page.section(simulator.platform().key() + " (" + records.size() + ")");
            if (records.isEmpty()) {
                page.none("No records yet");
                continue;
            }
            page.open();
            for (int row = records.size() - 1; row >= Math.max(0, records.size() - SHOWN); row--) {
                JsonNode entry = records.get(row);
                page.row(
                        entry.path("number").asText() + "\n" + entry.path("url").asText(),
                        entry.path("priority").asText(),
                        entry.path("status").asText(),
                        entry.path("title").asText());
            }
            page.close();
        }
        page.answer(context, 200);
    }
}
