package io.xtribe.fusionhub.lab.sandbox.datadog;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The kinds of monitors: their type in the API, what {@code $EVENT_TYPE} says of them, and a query of the form that the vendor
 * documents (docs.datadoghq.com/monitors/types, docs.datadoghq.com/api/latest/monitors, docs.datadoghq.com/integrations/webhooks).
 */
enum MonitorKind {
    METRIC("query alert", "query_alert_monitor", "avg(last_5m):p95:trace.http.request{<scope>} > 2"),
    ANOMALY(
            "query alert",
            "query_alert_monitor",
            "avg(last_4h):anomalies(avg:trace.http.request.hits{<scope>}.as_rate(), 'agile', 3, direction='both',"
                    + " interval=60, alert_window='last_15m', count_default_zero='true', seasonality='daily') >= 1"),
    APM(
            "trace-analytics alert",
            "trace_analytics_alert",
            "trace-analytics(\"<scope> status:error\").index(\"trace-search\", \"djm-search\").rollup(\"count\")"
                    + ".last(\"5m\") > 100"),
    LOG("log alert", "log_alert", "logs(\"<scope> status:error\").index(\"*\").rollup(\"count\").last(\"5m\") > 100"),
    COMPOSITE("composite", "composite_monitor", "90901 && !90902"),
    SLO_BURN_RATE(
            "slo alert",
            "metric_slo_alert",
            "burn_rate(\"8a4b6c2d1e3f405162738495a6b7c8d9\").over(\"30d\").long_window(\"1h\").short_window(\"5m\")"
                    + " > 14.4"),
    SLO_ERROR_BUDGET(
            "slo alert", "monitor_slo_alert", "error_budget(\"8a4b6c2d1e3f405162738495a6b7c8d9\").over(\"30d\") > 80"),
    SYNTHETICS("synthetics alert", "synthetics_alert", "no_query"),
    EVENT(
            "event-v2 alert",
            "event_v2_alert",
            "events(\"source:deployment <scope>\").rollup(\"count\").last(\"5m\") > 0"),
    SERVICE_CHECK(
            "service check",
            "service_check",
            "\"http.can_connect\".over(\"<scope>\").by(\"instance\").last(4).count_by_status()");

    private final String type;
    private final String eventType;
    private final String query;

    MonitorKind(String type, String eventType, String query) {
        this.type = type;
        this.eventType = eventType;
        this.query = query;
    }

    /** By the name of the control API, such as {@code slo-burn-rate}. */
    static MonitorKind of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("kind: one of "
                        + Arrays.stream(values()).map(MonitorKind::label).collect(Collectors.joining(", "))));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String type() {
        return type;
    }

    String eventType() {
        return eventType;
    }

    String query(String scope) {
        return query.replace("<scope>", scope.isEmpty() ? "*" : scope);
    }
}
