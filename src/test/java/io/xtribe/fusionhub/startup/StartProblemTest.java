package io.xtribe.fusionhub.startup;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;

import io.quarkus.runtime.QuarkusBindException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a failed start prints on the standard error stream, and its exit code. The whole hub: {@code BrokenStartIT}. */
class StartProblemTest {

    private final PrintStream console = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final StartProblem problem = new StartProblem();

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void listenNoMore() {
        System.setErr(console);
    }

    @Test
    void printsNothingWhenTheHubEndsWithoutAFailure() {
        problem.report(0, null);

        assertThat(printed()).isEmpty();
        assertThat(problem.exitCode()).isZero();
    }

    @Test
    void keepsTheExitCodeOfACommandThatFailed() {
        problem.report(2, null);

        assertThat(printed()).isEmpty();
        assertThat(problem.exitCode()).isEqualTo(2);
    }

    @Test
    void printsOnlyTheExplanationOfAKnownProblem() {
        problem.report(1, new IllegalStateException("x", new QuarkusBindException("127.0.0.1", 8080, inUse())));

        assertThat(printed().lines())
                .hasSize(2)
                .startsWith("Fusion Hub did not start.")
                .last()
                .asString()
                .startsWith("- port 8080 on 127.0.0.1 is in use");
    }

    @Test
    void printsTheInnermostCauseAndTheTraceOfAnyOtherProblem() {
        problem.report(1, new IllegalStateException("outer", new IllegalArgumentException("the cause")));

        assertThat(printed().lines())
                .startsWith(
                        "Fusion Hub did not start.",
                        "- java.lang.IllegalArgumentException: the cause",
                        "java.lang.IllegalStateException: outer")
                .anyMatch(line -> line.startsWith("\tat "));
    }

    /** Quarkus reports some failures with 0, and a supervisor would take that for a wanted end. */
    @Test
    void endsWithOneWhereQuarkusSaysZeroOfAFailure() {
        problem.report(0, new IllegalStateException("failed"));
        assertThat(problem.exitCode()).isEqualTo(1);

        problem.report(3, new IllegalStateException("failed"));
        assertThat(problem.exitCode()).isEqualTo(3);
    }

    private static BindException inUse() {
        return new BindException("Address already in use");
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }
}
