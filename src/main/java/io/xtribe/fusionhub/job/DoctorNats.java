package io.xtribe.fusionhub.job;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import org.apache.camel.Body;

import io.xtribe.fusionhub.job.Finding.State;
import io.xtribe.fusionhub.nats.IntakeState;
import io.xtribe.fusionhub.nats.Names;
import io.xtribe.fusionhub.nats.Provisioning;
import io.xtribe.fusionhub.nats.ServerCheck;
import io.xtribe.fusionhub.nats.StoredMessages;

/** What the job {@code doctor} looks at on NATS: what the hub keeps there, the server's settings and clock, and whether a hub is at work. */
@Singleton
@Named("doctorNats")
public class DoctorNats {

    private static final String NATS = "nats";
    private static final Duration NO_UNIT = Duration.ZERO;

    private final Provisioning provisioning;
    private final ServerCheck server;
    private final IntakeState intake;
    private final StoredMessages messages;
    private final JobRuns runs;

    public DoctorNats(
            Provisioning provisioning, ServerCheck server, IntakeState intake, StoredMessages messages, JobRuns runs) {
        this.provisioning = provisioning;
        this.server = server;
        this.intake = intake;
        this.messages = messages;
        this.runs = runs;
    }

    /** Looks at all of it. */
    public void look(@Body JobRun run) {
        if (provisioning.missing().isEmpty()) {
            run.found(State.OK, NATS, "streams", "streams, buckets and the consumer are there", "");
        } else {
            run.found(
                    State.LEFT,
                    NATS,
                    "streams",
                    "missing, or not as needed: " + String.join(", ", provisioning.missing()),
                    "let the hub make them: fusion.nats.manage=create");
        }
        settings(run);
        if (intake.hasHub()) {
            run.found(State.OK, NATS, "hub", "a hub takes signals in", "");
        } else {
            run.found(State.LEFT, NATS, "hub", "no hub takes signals in: nobody is paged", "start one");
        }
        var letters = messages.count(Names.DEAD_LETTERS);
        run.found(
                State.OK,
                NATS,
                "dead-letters",
                letters + " dead letters are kept" + (letters == 0 ? "" : ": docs/dead-letters.md"),
                "");
        // Its record was stored after it began.
        runs.storedAt(run)
                .ifPresent(stored -> run.found(Clocks.compared(NATS, run.startedAt(), stored, NO_UNIT, Instant.now())));
    }

    private void settings(JobRun run) {
        var problems = server.problems();
        problems.forEach(problem -> run.found(
                problem.isError() ? State.LEFT : State.WARN, NATS, "settings", problem.text(), problem.remedy()));
        if (problems.isEmpty()) {
            run.found(State.OK, NATS, "settings", "server, streams and buckets are set up as the hub needs it", "");
        }
    }
}
