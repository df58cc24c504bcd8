package io.xtribe.fusionhub.testing;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Prints at the end of a test run (one JVM) why tests were skipped: a line for each reason, with the number of tests. A
 * condition such as {@code @EnabledIf} counts, and an assumption that does not hold. The tests of a skipped class count one
 * by one; of a parameterized method, whose cases are not known then, as one.
 *
 * <p>It is registered in {@code META-INF/services}. It listens to the session too, because surefire executes the classes of
 * a session one after the other.
 */
public final class SkippedTests implements LauncherSessionListener, TestExecutionListener {

    private final PrintStream out;
    private final Map<String, Long> tests = new TreeMap<>();
    private TestPlan plan;

    public SkippedTests() {
        this(System.out);
    }

    SkippedTests(PrintStream out) {
        this.out = out;
    }

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        session.getLauncher().registerTestExecutionListeners(this);
    }

    @Override
    public synchronized void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionSkipped(TestIdentifier what, String reason) {
        count(what, reason);
    }

    @Override
    public void executionFinished(TestIdentifier what, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            count(what, result.getThrowable().map(Throwable::getMessage).orElse("no reason given"));
        }
    }

    @Override
    public synchronized void launcherSessionClosed(LauncherSession session) {
        tests.forEach(
                (reason, number) -> out.printf("Skipped %d %s: %s%n", number, number == 1 ? "test" : "tests", reason));
    }

    private synchronized void count(TestIdentifier what, String reason) {
        var known = what.isTest()
                ? 1
                : plan.getDescendants(what).stream()
                        .filter(one -> one.isTest()
                                || plan.getChildren(one.getUniqueIdObject()).isEmpty())
                        .count();
        tests.merge(String.valueOf(reason).replaceAll("\\s+", " ").strip(), Math.max(1, known), Long::sum);
    }
}
