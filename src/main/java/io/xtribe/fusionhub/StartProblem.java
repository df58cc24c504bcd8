package io.xtribe.fusionhub;

/** Says in one message why the hub did not start, and keeps the exit code. */
final class StartProblem {

    private volatile int code;

    /** Called by Quarkus when the application ends; the failure is null when it ended in peace. */
    void report(Integer exitCode, Throwable failure) {
        code = exitCode;
        if (failure != null) {
            System.err.println("Fusion Hub did not start.");
            ConfigProblems.explain(failure).ifPresentOrElse(System.err::println, failure::printStackTrace);
        }
    }

    int exitCode() {
        return code;
    }
}
