package io.xtribe.fusionhub.converge;

import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.config.FusionConfig.Copy;
import io.xtribe.fusionhub.incident.Former;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Known;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Reference;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.incident.Title;

/** A step as the JSON that a platform's routes and mappings read; its members are described in docs/mappings.md. */
final class StepView {

    private static final ObjectMapper JSON = IncidentJson.mapper();

    private StepView() {}

    /**
     * The view of a step.
     *
     * @param target where on the platform the record is opened
     * @param sent what the platform is sent for the status and the priority that are desired
     * @param comment what it is to show of a comment, or null
     * @param copied which text of the origin's record the platform may show
     */
    static ObjectNode of(Step step, Map<String, String> target, ObjectNode sent, JsonNode comment, Copy copied) {
        var incident = step.incident();
        var state = step.state();
        var view = JSON.createObjectNode();
        view.put("id", incident.id());
        view.put("key", step.key().toString());
        view.put("platform", step.platform());
        view.put("part", step.routePart());
        view.put("title", title(step, copied));
        view.put("newTitle", step.desired().title() == null ? null : title(step, copied));
        view.put("description", copied == Copy.ALL ? incident.description() : "");
        view.put("priority", step.desired().priority().name());
        view.put("status", status(step.desired().status()));
        view.set("sent", sent);
        view.put("startedAt", incident.startedAt().toString());
        view.set("origin", JSON.valueToTree(incident.origin()));
        view.set("hints", JSON.valueToTree(incident.hints()));
        view.set("target", JSON.valueToTree(target));
        view.set("known", state.known() == null ? JSON.createObjectNode() : known(state.known(), step));
        view.set("reference", state.reference() == null ? JSON.nullNode() : reference(state.reference()));
        view.set("records", records(incident));
        var links = view.putObject("links");
        step.links().forEach((place, reference) -> links.set(place, reference(reference)));
        view.set("former", former(state));
        view.set("shown", JSON.valueToTree(state.links()));
        view.put("afterUnknown", step.afterUnknown());
        view.put("duplicate", step.duplicate());
        view.set("comment", comment);
        return withNeutral(view, step);
    }

    private static ObjectNode withNeutral(ObjectNode view, Step step) {
        var neutral = NeutralText.of(step.incident());
        if (step.operation() == Operation.OPEN && step.state().plain()) {
            view.setAll(neutral);
            view.putObject("hints");
        }
        view.set("neutral", neutral);
        return view;
    }

    private static String title(Step step, Copy copied) {
        var incident = step.incident();
        return copied == Copy.NONE
                ? "Incident of " + incident.origin().source()
                // A record that was stored before 29 November 2026 may have a priority before its title.
                : Title.bare(incident.title(), incident.priority());
    }

    /** Our word for a status in mappings. */
    static String status(Status status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    /** Beside a title nothing else is written: it is known to be there. */
    private static ObjectNode known(Known known, Step step) {
        if (step.desired().title() != null) {
            return JSON.createObjectNode()
                    .put("status", status(step.desired().status()))
                    .put("priority", step.desired().priority().name());
        }
        var view = JSON.createObjectNode();
        view.put("status", status(known.status().value()));
        var priority = known.priority().value();
        view.put("priority", priority == null ? "" : priority.name());
        return view;
    }

    /** The record before this one, where that was closed for good. */
    private static JsonNode former(Part state) {
        return state.former().stream()
                .filter(record -> record.why() == Former.Why.CLOSED)
                .reduce((first, second) -> second)
                .<JsonNode>map(record -> JSON.createObjectNode()
                        .put("id", record.id())
                        .put("number", record.number())
                        .put("url", record.url()))
                .orElseGet(JSON::nullNode);
    }

    private static ObjectNode records(Incident incident) {
        var records = JSON.createObjectNode();
        incident.platforms().forEach((platform, parts) -> {
            var onPlatform = records.putObject(platform);
            parts.forEach((name, part) -> {
                if (part.isOpened()) {
                    onPlatform.set(name, reference(part.reference()));
                }
            });
        });
        return records;
    }

    private static ObjectNode reference(Reference reference) {
        return JSON.valueToTree(reference);
    }
}
