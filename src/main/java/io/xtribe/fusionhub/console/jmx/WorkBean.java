package io.xtribe.fusionhub.console.jmx;

import java.util.Optional;

import io.xtribe.fusionhub.console.Operator;
import io.xtribe.fusionhub.incident.CorrelationId;
import io.xtribe.fusionhub.incident.Incident;
import io.xtribe.fusionhub.incident.IncidentStore;
import io.xtribe.fusionhub.incident.NotPossibleException;
import io.xtribe.fusionhub.work.WorkQueue;

/** The work queue of this hub, and what an operator does with one incident. */
final class WorkBean implements WorkMXBean {

    private final WorkQueue queue;
    private final Operator operator;
    private final IncidentStore store;

    WorkBean(WorkQueue queue, Operator operator, IncidentStore store) {
        this.queue = queue;
        this.operator = operator;
        this.store = store;
    }

    @Override
    public int getSize() {
        return queue.waiting();
    }

    @Override
    public long getOldestDueSeconds() {
        return queue.oldestDue().toSeconds();
    }

    @Override
    public int getLeases() {
        return queue.leases();
    }

    @Override
    public int getInFlight() {
        return queue.inFlight();
    }

    @Override
    public boolean isOpen() {
        return queue.isOpen();
    }

    @Override
    public String getLastTurn() {
        return queue.lastTurn().toString();
    }

    @Override
    public String converge(String incident, String reason) {
        operator.change(find(incident), JmxAsker.request("converge", reason), Incident::toConverge);
        return incident + " is work now";
    }

    @Override
    public String retry(String incident, String reason) {
        operator.write(find(incident), JmxAsker.request("retry", reason), Incident::retried);
        return "what was rejected of " + incident + " is tried again now";
    }

    private Incident find(String id) {
        return Optional.ofNullable(id)
                .map(String::strip)
                .filter(CorrelationId::matches)
                .flatMap(store::find)
                .orElseThrow(() -> new NotPossibleException("there is no such incident"))
                .incident();
    }
}
