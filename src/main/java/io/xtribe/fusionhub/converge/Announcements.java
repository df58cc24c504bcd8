package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentJson;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Rejection;
import io.xtribe.fusionhub.incident.Status;
import io.xtribe.fusionhub.incident.StoreUnavailableException;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Publisher;

/**
 * Tells everyone else on {@code FUSION_EVENTS} what became of an incident: CloudEvents, at least once, published after
 * the record says so and before the record says that it was published.
 */
public final class Announcements {

    /** What becomes true in one pass is told in this order. */
    private static final List<String> IN_ORDER =
            List.of("opened", "paged", "linked", "changed", "rejected", "resolved");

    /** For NATS to store them all. */
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Publisher publisher;

    public Announcements(Publisher publisher) {
        this.publisher = publisher;
    }

    /** The events that are true of an incident and not yet out. */
    public static Set<String> due(Incident incident) {
        var due = new TreeSet<String>();
        if (!incident.unconfirmed() && !incident.isHeldBack()) {
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
            eachRejection(
                    incident,
                    (platform, part, refusal) -> due.add("rejected." + incident.generation() + "." + platform + "."
                            + part + "." + refusal.operation()));
            if (incident.generation() > 1) {
                due.add((incident.status() == Status.RESOLVED ? "resolved." : "changed.") + incident.generation());
            }
        }
        due.removeAll(incident.announced());
        return due;
    }

    private interface RejectionVisitor {
        void visit(String platform, String part, Rejection refusal);
    }

    /** Each by itself: a platform may refuse when the refusal of another has long been told. */
    private static void eachRejection(Incident incident, RejectionVisitor visitor) {
        incident.platforms()
                .forEach((platform, parts) -> parts.forEach((name, part) -> part.rejectionsOf(incident.generation())
                        .forEach(refusal -> visitor.visit(platform, name, refusal))));
    }

    /** Publishes events, each once per incident and generation as far as the stream's duplicate window reaches. */
    public void publish(Incident incident, Set<String> events) {
        try {
            var published = inOrder(events).stream()
                    .map(event -> publish(event, incident))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(published).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            throw new StoreUnavailableException("cannot publish events of " + incident.id(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreUnavailableException("interrupted while publishing events of " + incident.id(), e);
        }
    }

    private CompletableFuture<?> publish(String event, Incident incident) {
        return publisher.publishAsync(
                Names.event(name(event)), id(event, incident), IncidentJson.write(cloudEvent(event, incident)));
    }

    static List<String> inOrder(Set<String> events) {
        return events.stream()
                .sorted(Comparator.comparingInt(event -> IN_ORDER.indexOf(name(event))))
                .toList();
    }

    private static String id(String event, Incident incident) {
        return incident.id() + "." + event;
    }

    /** {@code changed} for {@code changed.2}. */
    private static String name(String event) {
        return event.contains(".") ? event.substring(0, event.indexOf('.')) : event;
    }

    /** What consumers go by is docs/events.md and docs/schemas/incident-event.schema.json: change them together. */
    static ObjectNode cloudEvent(String name, Incident incident) {
        var event = IncidentJson.mapper().createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", id(name, incident));
        event.put("source", "/fusion-hub");
        event.put("type", "fusion.incident." + name(name));
        event.put("subject", incident.id());
        event.put("time", Instant.now().toString());
        event.put("datacontenttype", "application/json");
        var data = event.putObject("data");
        data.put("correlationId", incident.id());
        data.put("generation", incident.generation());
        data.put("title", incident.title());
        data.put("priority", incident.priority().name());
        data.put("status", incident.status().name());
        data.put("origin", incident.origin().platform());
        data.put("startedAt", incident.startedAt().toString());
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
        if (name(name).equals("rejected")) {
            var rejections = data.putArray("rejections");
            eachRejection(incident, (platform, part, refusal) -> {
                var told = rejections
                        .addObject()
                        .put("platform", platform)
                        .put("part", part)
                        .put("operation", refusal.operation());
                if (refusal.status() > 0) {
                    told.put("status", refusal.status());
                }
                told.put("words", refusal.words()).put("at", refusal.at().toString());
            });
        }
        return event;
    }
}
