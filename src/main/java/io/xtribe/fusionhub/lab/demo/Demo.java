package io.xtribe.fusionhub.lab.demo;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.xtribe.fusionhub.lab.local.Children;
import io.xtribe.fusionhub.lab.local.LocalFailure;
import io.xtribe.fusionhub.lab.local.LocalPorts;
import io.xtribe.fusionhub.lab.local.Patience;
import io.xtribe.fusionhub.lab.local.SandboxControl;
import io.xtribe.fusionhub.lab.local.Screen;
import io.xtribe.fusionhub.lab.local.Table;
import io.xtribe.fusionhub.lab.local.Web;

/** The performance: noise and the triggers, each waited for, read back from the platforms, and shown. */
final class Demo {
    private static final Duration LONGEST_TRIGGER = Duration.ofSeconds(60);
    private static final Duration LONGEST_NOISE = Duration.ofSeconds(15);
    private static final String INDENTATION = "   ";

    private final Screen screen;
    private final Children children;
    private final HubApi hub;
    private final SandboxControl sandbox;
    private final PlatformReader platforms;
    private final LinkVerifier verifier;
    private final NoiseCheck noise = new NoiseCheck();
    private final List<String> missing = new ArrayList<>();
    private final List<String> incidents = new ArrayList<>();

    Demo(Screen screen, Children children, LocalPorts ports, Web web, String token) {
        this.screen = screen;
        this.children = children;
        hub = new HubApi(web, ports.hubUrl(), token);
        sandbox = new SandboxControl(web, ports.sandboxUrl());
        platforms = new PlatformReader(web, ports.sandboxUrl());
        verifier = new LinkVerifier(platforms, web);
    }

    /** Plays it once; returns what is missing, a line each; empty when all is there. */
    List<String> play() throws IOException, InterruptedException, LocalFailure {
        makeNoise();
        for (Trigger trigger : Trigger.values()) {
            screen.say("");
            screen.say(trigger.heading());
            play(trigger);
        }
        screen.say("");
        screen.say(Trigger.values().length + 1 + ". People work on what the client has logged");
        for (Work work : Work.values()) {
            play(work);
        }
        screen.say("");
        checkNoise();
        return missing;
    }

    /** The incidents that were opened, in order. */
    List<String> incidents() {
        return incidents;
    }

    private void makeNoise() throws IOException, InterruptedException, LocalFailure {
        Screen.Step step = screen.step("Making noise");
        for (Noise each : Noise.values()) {
            noise.expectRecord(sandbox.fire(each.path(), each.body()).path("id").asText());
        }
        boolean delivered = Patience.of(LONGEST_NOISE).until(() -> {
            children.requireAlive();
            JsonNode webhooks = sandbox.webhooks();
            return webhooks.size() >= Noise.values().length
                    && webhooks.findValuesAsText("state").stream().allMatch("delivered"::equals);
        });
        if (!delivered) {
            missing.add("the hub did not take the noise: " + sandbox.webhooks());
        }
        step.done(
                delivered ? "taken" : "NOT taken",
                Noise.values().length + " alerts, tickets and pages that must open nothing");
    }

    private void play(Trigger trigger) throws IOException, InterruptedException, LocalFailure {
        sandbox.fire(trigger.path(), trigger.body());
        Patience patience = Patience.of(LONGEST_TRIGGER);
        patience.until(() -> {
            children.requireAlive();
            return hub.withTitle(trigger.title()).isPresent();
        });
        Optional<String> id = hub.withTitle(trigger.title());
        if (id.isEmpty()) {
            lacks(trigger, List.of("the hub has opened nothing within " + LONGEST_TRIGGER.toSeconds() + " s"));
            return;
        }
        patience.until(() -> {
            children.requireAlive();
            JsonNode incident = hub.incident(id.get());
            return incident.hasNonNull("linkedAt")
                    && LinkVerifier.missing(verifier.verify(incident)).isEmpty();
        });
        JsonNode incident = hub.incident(id.get());
        incidents.add(id.get());
        noise.expect(incident);
        show(trigger, incident, verifier.verify(incident));
    }

    private void play(Work work) throws IOException, InterruptedException, LocalFailure {
        screen.say(INDENTATION + "Then " + work.story() + ":");
        Optional<String> id = hub.withTitle(Trigger.CLIENT_LOGS.title());
        if (id.isEmpty()) {
            missing.add(work.story() + ": there is no incident");
            return;
        }
        JsonNode incident = hub.incident(id.get());
        sandbox.fire(work.path(LinkVerifier.id(incident, work.where())), work.body());
        boolean reached = Patience.of(LONGEST_TRIGGER).until(() -> {
            children.requireAlive();
            return views(incident).stream().allMatch(view -> view.shows(work));
        });
        Table table = new Table("PLATFORM", "STATUS", "PRIORITY", "COMMENT");
        for (WorkView view : views(incident)) {
            table.row(
                    view.place().label(),
                    view.status(),
                    view.priority(),
                    view.comment(work).orElse(""));
            if (!view.shows(work)) {
                missing.add(work.story() + ": " + view.place().label() + " shows " + view.status() + " "
                        + view.priority() + " " + view.comments());
            }
        }
        screen.say(table.text(INDENTATION) + (reached ? "" : INDENTATION + "MISSING: see the end"));
    }

    private List<WorkView> views(JsonNode incident) throws IOException, InterruptedException {
        JsonNode records = sandbox.records();
        List<WorkView> views = new ArrayList<>();
        for (Place place : Place.values()) {
            String id = LinkVerifier.id(incident, place);
            for (JsonNode record : records.path(place.platform())) {
                if (record.path("id").asText().equals(id)) {
                    views.add(WorkView.of(place, record));
                }
            }
        }
        return views;
    }

    private void show(Trigger trigger, JsonNode incident, List<RecordView> views)
            throws IOException, InterruptedException {
        String pagerDutyId = LinkVerifier.id(incident, Place.PAGERDUTY);
        String paged = pagerDutyId.isEmpty() ? "" : String.join(", ", platforms.paged(pagerDutyId));
        screen.say(INDENTATION + incident.path("id").asText() + "   paged " + after(incident, "pagedAt") + ", linked "
                + after(incident, "linkedAt") + "   " + (paged.isEmpty() ? "NOBODY was paged" : paged + " was paged"));
        Table table = new Table("PLATFORM", "NUMBER", "URL", "LINKS PRESENT");
        for (RecordView view : views) {
            String shown = view.shown().isEmpty() ? "none" : String.join(", ", view.shown());
            table.row(view.place().label(), view.number(), view.url(), shown);
        }
        screen.say(table.text(INDENTATION));
        List<String> lacking = new ArrayList<>(LinkVerifier.missing(views));
        if (!incident.hasNonNull("linkedAt")) {
            lacking.add("the hub does not hold it for linked");
        }
        if (paged.isEmpty()) {
            lacking.add("nobody was paged");
        }
        lacks(trigger, lacking);
    }

    private void lacks(Trigger trigger, List<String> what) {
        what.forEach(one -> {
            screen.say(INDENTATION + "MISSING: " + one);
            missing.add(trigger.heading() + ": " + one);
        });
    }

    private void checkNoise() throws IOException, InterruptedException {
        List<String> atHub = hub.incidents();
        List<String> unexpected = noise.unexpected(atHub, sandbox.records());
        if (unexpected.isEmpty()) {
            screen.say("The noise has opened nothing: " + atHub.size() + " incidents at the hub, and on the platforms"
                    + " their records only.");
        } else {
            unexpected.forEach(one -> screen.say("UNEXPECTED: " + one));
            missing.addAll(unexpected);
        }
    }

    private static String after(JsonNode incident, String moment) {
        if (!incident.hasNonNull(moment)) {
            return "not yet";
        }
        Instant received = Instant.parse(incident.path("receivedAt").asText());
        Instant then = Instant.parse(incident.path(moment).asText());
        return "after " + Duration.between(received, then).toMillis() + " ms";
    }
}
