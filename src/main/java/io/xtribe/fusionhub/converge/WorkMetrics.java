package io.xtribe.fusionhub.converge;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import io.xtribe.fusionhub.work.WorkQueue;

/** Gauges of the work queue, all of them of what this hub has in memory. */
final class WorkMetrics {

    private WorkMetrics() {}

    static void register(WorkQueue queue, MeterRegistry metrics) {
        Gauge.builder("fusion.work.waiting", queue, WorkQueue::waiting)
                .description("Incidents that are not settled and not under work here")
                .register(metrics);
        Gauge.builder("fusion.work.in.flight", queue, WorkQueue::inFlight)
                .description("Incidents under work here")
                .register(metrics);
        Gauge.builder("fusion.work.leases", queue, WorkQueue::leases)
                .description("Incidents that only this hub may work on")
                .register(metrics);
        Gauge.builder("fusion.work.stuck", queue, WorkQueue::stuck)
                .description("Incidents that have been due for over a minute while no hub works on them")
                .register(metrics);
        TimeGauge.builder("fusion.work.oldest.due", () -> queue.oldestDue().toMillis(), TimeUnit.MILLISECONDS)
                .description("For how long the oldest incident that is due has waited here")
                .register(metrics);
    }
}
