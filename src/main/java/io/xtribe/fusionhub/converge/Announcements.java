package io.xtribe.fusionhub.converge;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.nats.client.JetStreamApiException;
import io.nats.client.PublishOptions;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.NatsLink;

/**
 * Tells everyone else on {@code FUSION_EVENTS} what became of an incident: CloudEvents, at least once, published after
 * the record says so and before the record says that it was published.
 */
public final class Announcements {

    private final NatsLink nats;

    public Announcements(NatsLink nats) {
        this.nats = nats;
    }

    /** The events that are true of an incident and not yet out. */
    public static Set<String> due(Incident incident) {
        var due = new TreeSet<String>();
        if (!incident.unconfirmed()) {
            if (incident.platforms().values().stream()
                    .anyMatch(parts -> parts.values().stream().anyMatch(Part::isOpened))) {
                due.add("opened");
            }
            if (incident.pagedAt() != null) {
                due.add("paged");
            }
            if (incident.linkedAt() != null) {
                due.add("linked");
            }
            if (incident.platforms().values().stream().anyMatch(parts -> parts.values().stream()
                    .anyMatch(part -> part.isRejected(incident.generation())))) {
                due.add("rejected." + incident.generation());
            }
            if (incident.generation() > 1) {
                due.add((incident.status() == Status.RESOLVED ? "resolved." : "changed.") + incident.generation());
            }
        }
        due.removeAll(incident.announced());
        return due;
    }

    /** Publishes events, each once per incident and generation as far as the stream's duplicate window reaches. */
    public void publish(Incident incident, Set<String> events) {
        for (var event : events) {
            var id = incident.id() + "." + event;
            var name = event.contains(".") ? event.substring(0, event.indexOf('.')) : event;
            try {
                nats.jetStream()
                        .publish(
                                Names.event(name),
                                IncidentJson.write(cloudEvent(id, name, incident)),
                                PublishOptions.builder().messageId(id).build());
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                throw new StoreUnavailableException("cannot publish event " + id, e);
            }
        }
    }

    private static ObjectNode cloudEvent(String id, String name, Incident incident) {
        var event = IncidentJson.mapper().createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "/fusion-hub");
        event.put("type", "fusion.incident." + name);
        event.put("subject", incident.id());
        event.put("time", Instant.now().toString());
        event.put("datacontenttype", "application/json");
        var data = event.putObject("data");
        data.put("correlationId", incident.id());
        data.put("title", incident.title());
        data.put("priority", incident.priority().name());
        data.put("status", incident.status().name());
        data.put("origin", incident.origin().platform());
        data.put("bornAt", incident.bornAt().toString());
        var references = data.putArray("references");
        incident.platforms()
                .forEach((platform, parts) -> parts.forEach((partName, part) -> {
                    if (part.isOpened()) {
                        references
                                .addObject()
                                .put("platform", platform)
                                .put("part", partName)
                                .put("id", part.reference().id())
                                .put("number", part.reference().number())
                                .put("url", part.reference().url());
                    }
                }));
        return event;
    }
}
