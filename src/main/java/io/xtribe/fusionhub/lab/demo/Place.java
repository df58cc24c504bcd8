package io.xtribe.fusionhub.lab.demo;

/** The four records of one incident. */
enum Place {
    DATADOG_INCIDENT("Datadog incident", "datadog", "incident", true),
    DATADOG_CASE("Datadog case", "datadog", "case", false),
    SERVICENOW("ServiceNow", "servicenow", "incident", true),
    PAGERDUTY("PagerDuty", "pagerduty", "incident", true);

    private final String label;
    private final String platform;
    private final String part;
    private final boolean primary;

    Place(String label, String platform, String part, boolean primary) {
        this.label = label;
        this.platform = platform;
        this.part = part;
        this.primary = primary;
    }

    String label() {
        return label;
    }

    /** The platform's name in the hub's record. */
    String platform() {
        return platform;
    }

    /** The part's name in the hub's record. */
    String part() {
        return part;
    }

    /** Whether the other platforms must show this record's URL. */
    boolean isPrimary() {
        return primary;
    }
}
