package io.xtribe.fusionhub.converge;

import java.time.Duration;

import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.incident.Part;
import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;

/** Steps at PagerDuty that fail. */
abstract class StepFailuresFixture extends StepsFixture {

    final Holds holds = new Holds();
    final StepFailures failures = new StepFailures(
            steps, availability, metrics, holds, new BackOff(Duration.ofMinutes(2), Duration.ofMinutes(5)));
    final Pass pass = passAfter(0, WorkLane.TRIGGER);

    /** A pass after so many that failed. */
    static Pass passAfter(int tries, WorkLane lane) {
        return new Pass(
                new Lease(Samples.ID, new WorkEntry(0, tries, "hub", 30_000, "lease", lane), 1, System.nanoTime()));
    }

    Step opening() {
        return step(attempts.forTrigger(Samples.newIncident()), Operation.OPEN);
    }

    Step opening(int unanswered, boolean plain) {
        var incident = attempts.forTrigger(Samples.newIncident());
        return step(
                incident.withPart("pagerduty", "incident", part -> part.withUnanswered(unanswered)
                        .withPlain(plain)),
                Operation.OPEN);
    }

    Step step(Incident incident, Operation operation) {
        return step(incident, "pagerduty", operation);
    }

    Part part() {
        return part("pagerduty");
    }

    Duration held() {
        return holds.left(Samples.ID, "pagerduty");
    }
}
