package io.xtribe.fusionhub.explain;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.apache.camel.quarkus.main.events.AfterStart;

import io.xtribe.fusionhub.config.Causes;
import io.xtribe.fusionhub.config.RunMode;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.nats.NatsLink;

/** Explains what this process was started for, once Camel is up, and ends the process. In a hub it does nothing. */
@ApplicationScoped
class ExplainStartup {

    private final RunMode mode;
    private final Explainer explainer;
    private final Comparison comparison;
    private final NatsLink nats;

    ExplainStartup(RunMode mode, Explainer explainer, Comparison comparison, NatsLink nats) {
        this.mode = mode;
        this.explainer = explainer;
        this.comparison = comparison;
        this.nats = nats;
    }

    void started(@Observes AfterStart event) {
        if (!mode.explain().isEmpty()) {
            new Thread(this::explainAndEnd, "explain").start();
        }
    }

    private void explainAndEnd() {
        var code = ExplainRequest.NOT_EXPLAINED;
        try {
            code = explain(ExplainRequest.of(mode.explain()));
        } catch (Exception | Error e) {
            System.err.println("fusion explain: " + Causes.innermost(e));
        }
        Quarkus.asyncExit(code);
    }

    private int explain(ExplainRequest request) throws IOException, InterruptedException {
        if (request.against() == null) {
            var told = explainer.explainOffline(request.body(), request.source());
            print(told, request.json() ? "" : ExplanationText.of(told));
            return 0;
        }
        if (request.body() == null) {
            nats.connect();
        }
        var found = comparison.compare(request);
        print(found, request.json() ? "" : ComparisonText.of(found));
        return found.path("differing").asLong() == 0 ? 0 : ExplainRequest.DIFFERENT;
    }

    private static void print(JsonNode json, String text) throws IOException {
        System.out.println(
                text.isEmpty()
                        ? IncidentJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json)
                        : text.stripTrailing());
    }
}
