package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Priority;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.platform.Platforms;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.testing.Availabilities;
import io.xtribe.fusionhub.testing.InMemoryCommentTexts;
import io.xtribe.fusionhub.testing.InMemoryIncidentStore;
import io.xtribe.fusionhub.testing.InMemoryReferenceStore;
import io.xtribe.fusionhub.testing.RecordingTimeline;
import io.xtribe.fusionhub.testing.Samples;

/** Steps of one incident, whose record, timeline and metrics are in memory. */
abstract class StepsFixture {

    static final String KEY = Samples.ID;
    static final Instant LATER = Samples.STARTED.plusSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    final InMemoryIncidentStore store = new InMemoryIncidentStore();
    final InMemoryReferenceStore references = new InMemoryReferenceStore();
    final InMemoryCommentTexts texts = new InMemoryCommentTexts();
    final RecordingTimeline timeline = new RecordingTimeline();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ConvergeMetrics metrics = new ConvergeMetrics(meters);
    final Platforms platforms = new Platforms(Samples.PROFILES);
    final AttemptClock clock = new AttemptClock(Duration.ofMinutes(5));
    final Availability availability = Availabilities.unlimited();
    final StepPermits permits = new StepPermits(availability);
    final AttemptMaker attempts = new AttemptMaker(platforms, clock, permits, "hub", Duration.ofSeconds(30));
    final Steps steps = new Steps(
            store,
            references,
            timeline,
            new CommentNotes(texts, platforms),
            platforms,
            clock,
            attempts,
            metrics,
            "pagerduty",
            Set.of(Priority.P1, Priority.P2),
            Duration.ofMinutes(5),
            Samples.conflicts());

    Step step(Incident incident, String platform, Operation operation) {
        store.create(incident);
        return Step.of(incident, platform, "incident", operation);
    }

    static ObjectNode answer(String id, String status, Instant time) {
        return found(id, status, time, KEY);
    }

    static ObjectNode found(String id, String status, Instant time, String key) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("number", "#" + id)
                .put("url", "https://x.example/" + id)
                .put("key", key)
                .put("status", status)
                .put("priority", "P1")
                .put("time", time.toString())
                .put("version", 3);
    }

    Part part(String platform) {
        return store.get(KEY).part(platform, "incident");
    }

    List<String> story() {
        return timeline.texts(KEY);
    }

    /** How many of these steps had that outcome. */
    double counted(String platform, String operation, String outcome) {
        return meters.get("fusion.steps")
                .tags("platform", platform, "operation", operation, "outcome", outcome)
                .counter()
                .count();
    }
}
