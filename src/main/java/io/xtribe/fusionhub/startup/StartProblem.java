package io.xtribe.fusionhub.startup;

import java.util.Optional;

import io.xtribe.fusionhub.config.ConfigProblems;
import io.xtribe.fusionhub.config.PortProblems;

/** Says in a few lines why the hub did not start, and keeps the exit code. */
public final class StartProblem {

    /** How the message begins; what goes before it is no part of it. */
    static final String BEGINNING = "Fusion Hub did not start.";

    private volatile int code;
    private volatile boolean failed;

    /** Called by Quarkus when the application ends; the failure is null when it ended without one. */
    public void report(Integer exitCode, Throwable failure) {
        code = exitCode;
        if (failure != null) {
            failed = true;
            System.err.println(BEGINNING);
            explain(failure).ifPresentOrElse(System.err::println, () -> unexplained(failure));
            // Quarkus reports some failures with 0. A supervisor must see that the start failed.
            code = exitCode == 0 ? 1 : exitCode;
        }
    }

    private static Optional<String> explain(Throwable failure) {
        return ConfigProblems.explain(failure)
                .or(() -> PortProblems.explain(failure))
                .or(() -> RouteProblems.explain(failure));
    }

    /** A failure that no explanation is known for: prints the innermost cause, then the whole stack trace. */
    private static void unexplained(Throwable failure) {
        var innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        System.err.println("- " + innermost);
        failure.printStackTrace();
    }

    /** Whether the application did not even start, or ended by a failure. */
    public boolean failedToStart() {
        return failed;
    }

    public int exitCode() {
        return code;
    }
}
