package io.xtribe.fusionhub.converge;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.xtribe.fusionhub.incident.Step;
import io.xtribe.fusionhub.trace.Trace;
import io.xtribe.fusionhub.work.Lease;

/**
 * One pass of converge over one incident: the body of {@code incident-converge}. Used by one thread at a time, but for
 * {@link #tried}, {@link #failed} and {@link #isOver}, which branches that outlive the pass call too.
 */
public final class Pass {

    /** Exchange property with the pass, which its steps' branches have too. */
    static final String PROPERTY = "pass";

    private final String id;
    private final Set<String> takenOn = new HashSet<>();
    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final Set<String> waiting = new HashSet<>();
    private Lease lease;
    private List<Step> steps = List.of();
    private Trace trace = Trace.NONE;
    private boolean over;
    private boolean failed;
    private Duration retryAfter = Duration.ZERO;

    Pass(Lease lease) {
        this.id = lease.id();
        this.lease = lease;
    }

    public String id() {
        return id;
    }

    /** What shows the pass in a trace. */
    Trace trace() {
        return trace;
    }

    void traced(Trace shown) {
        trace = shown;
    }

    /** What is to be done now. */
    List<Step> steps() {
        return steps;
    }

    Lease lease() {
        return lease;
    }

    void lease(Lease renewed) {
        lease = renewed;
    }

    /** Takes on what this pass has not tried yet: a step that failed is left to the next pass. */
    void takeOn(List<Step> planned) {
        steps = planned.stream().filter(step -> !hasTried(step)).toList();
        steps.forEach(step -> takenOn.add(step.name()));
    }

    /** A branch has begun with this step. */
    void tried(Step step) {
        tried.add(step.name());
    }

    /** Whether the step was taken on before, and its branch had not begun when the pass went on without it. */
    boolean isLeftOver(Step step) {
        return takenOn.contains(step.name()) && !hasTried(step);
    }

    /** Whether it has called no platform: then it tells nothing about whether the failures before it are over. */
    boolean hasTriedNothing() {
        return tried.isEmpty();
    }

    boolean hasTried(Step step) {
        return tried.contains(step.name());
    }

    /** Whether the step got a permit when it was asked for last; without one it is left to a later pass. */
    boolean isPermitted(Step step, boolean permitted) {
        if (permitted) {
            waiting.remove(step.name());
        } else {
            waiting.add(step.name());
        }
        return permitted;
    }

    /** Whether the step waits for a permit. */
    boolean waitsFor(Step step) {
        return waiting.contains(step.name());
    }

    /** Which try this is in a row, at least 1. */
    int tries() {
        return lease.entry().tries() + 1;
    }

    synchronized void failed(Duration wait) {
        failed = true;
        retryAfter = wait.compareTo(retryAfter) > 0 ? wait : retryAfter;
    }

    synchronized boolean hasFailed() {
        return failed;
    }

    synchronized Duration retryAfter() {
        return retryAfter;
    }

    /** Ends the pass. */
    synchronized void end() {
        over = true;
    }

    /** Whether the pass has gone on without the branch that asks. */
    synchronized boolean isOver() {
        return over;
    }
}
