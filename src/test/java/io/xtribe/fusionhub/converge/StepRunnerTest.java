package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.xtribe.fusionhub.incident.Operation;
import io.xtribe.fusionhub.platform.PlatformStep;
import io.xtribe.fusionhub.platform.availability.Availability;
import io.xtribe.fusionhub.platform.availability.RateRule;
import io.xtribe.fusionhub.testing.Samples;
import io.xtribe.fusionhub.work.Lease;
import io.xtribe.fusionhub.work.WorkEntry;
import io.xtribe.fusionhub.work.WorkLane;

import static org.assertj.core.api.Assertions.assertThat;

/** What a branch holds of its platform's limit is given back when the branch is over, however it ends. */
class StepRunnerTest extends StepsFixture {

    private static final int BURST = 80;

    private final Availability limited = new Availability(
            List.of(new RateRule("pagerduty", 32, 100, Duration.ofHours(1), false, RateRule.Headers.NONE)),
            () -> 0,
            () -> 1,
            Duration.ofSeconds(5),
            Duration.ofSeconds(30));
    private final StepPermits limitedPermits = new StepPermits(limited);
    private final StepRunner runner = new StepRunner(steps, null, limitedPermits, limited, null);
    private final Pass pass = new Pass(
            new Lease(Samples.ID, new WorkEntry(0, 2, "hub", 30_000, "lease", WorkLane.TRIGGER), 7, System.nanoTime()));

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private Exchange branch;

    @BeforeEach
    void startBranch() {
        camel.start();
        branch = new DefaultExchange(camel);
        branch.getExchangeExtension().setUnitOfWork(new DefaultUnitOfWork(branch));
    }

    @AfterEach
    void stop() {
        camel.stop();
    }

    @Test
    void givesThePermitBackWhenAnotherStepWithoutOneHasFollowed() {
        // Given
        var find = step(Samples.newIncident(), "pagerduty", Operation.FIND);
        assertThat(limitedPermits.take(find)).isTrue();
        runner.begin(find, pass, branch);
        assertThat(branch.getProperty(PlatformStep.PERMIT)).isNotNull();
        runner.begin(find, pass, branch);
        assertThat(branch.getProperty(PlatformStep.PERMIT)).isNull();
        assertThat(left()).isEqualTo(BURST - 1);

        // When
        branch.getUnitOfWork().done(branch);

        // Then
        assertThat(left()).isEqualTo(BURST);
    }

    private long left() {
        return limited.of("pagerduty").status().budgets().get(0).left();
    }
}
