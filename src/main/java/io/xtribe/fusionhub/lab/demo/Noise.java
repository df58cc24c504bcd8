package io.xtribe.fusionhub.lab.demo;

/** Signals beside the triggers, which must open no incident. */
enum Noise {
    P3_ALERT("datadog/alerts", "{\"priority\":\"P3\",\"title\":\"disk 80 % full\",\"service\":\"search\"}"),
    P4_ALERT("datadog/alerts", "{\"priority\":\"P4\",\"title\":\"cache hit rate low\",\"service\":\"catalogue\"}"),
    P5_ALERT("datadog/alerts", "{\"priority\":\"P5\",\"title\":\"certificate ends in 30 days\",\"service\":\"mail\"}"),
    ALERT_WITHOUT_PRIORITY("datadog/alerts", "{\"title\":\"batch took longer\",\"service\":\"reports\"}"),
    TEST_ALERT(
            "datadog/alerts",
            "{\"priority\":\"P1\",\"title\":\"trying out a monitor\",\"service\":\"shop\",\"test\":true}"),
    P3_TICKET(
            "servicenow/incidents",
            "{\"impact\":\"2\",\"urgency\":\"2\",\"short_description\":\"Printer jams\",\"caller\":\"jane.doe\"}"),
    PAGE_WITHOUT_PRIORITY("pagerduty/incidents", "{\"title\":\"please look at this some day\",\"urgency\":\"low\"}");

    private final String path;
    private final String body;

    Noise(String path, String body) {
        this.path = path;
        this.body = body;
    }

    /** Where the sandbox's control API makes it happen, below {@code /control/}. */
    String path() {
        return path;
    }

    String body() {
        return body;
    }
}
