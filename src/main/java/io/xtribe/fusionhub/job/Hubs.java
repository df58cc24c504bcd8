package io.xtribe.fusionhub.job;

import jakarta.inject.Singleton;

import io.xtribe.fusionhub.nats.IntakeState;

/** The hubs that do what a job has found to be done. */
@Singleton
class Hubs {

    private final IntakeState intake;

    Hubs(IntakeState intake) {
        this.intake = intake;
    }

    /** @throws JobFailure with {@link JobOutcome#LATER} when none is at work: what is asked of it would wait without end */
    void require() {
        if (!intake.hasHub()) {
            throw new JobFailure(
                    JobOutcome.LATER,
                    "no hub takes signals in, and this job leaves the writing to the hubs: start one, then try again;"
                            + " --dry-run needs none");
        }
    }
}
