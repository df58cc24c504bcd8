package io.xtribe.fusionhub.lab.demo;

/** The ways in which an incident begins. */
enum Trigger {
    DATADOG_DETECTS(
            "Datadog detects: a monitor alerts with P1",
            "checkout latency above 2 s",
            "datadog/alerts",
            "{\"priority\":\"P1\",\"title\":\"checkout latency above 2 s\",\"service\":\"checkout\"}"),
    DATADOG_BURNS(
            "Datadog detects: an SLO burns its error budget 14.4 times too fast, P1",
            "Checkout SLO burns too fast",
            "datadog/alerts",
            "{\"kind\":\"slo-burn-rate\",\"priority\":\"P1\",\"title\":\"Checkout SLO burns too fast\",\"scope\":\"\"}"),
    CLIENT_LOGS(
            "A client logs a P2 in ServiceNow",
            "The shop is slow",
            "servicenow/incidents",
            "{\"impact\":\"1\",\"urgency\":\"2\",\"short_description\":\"The shop is slow\",\"caller\":\"jane.doe\"}"),
    PERSON_PAGES(
            "Someone triggers a P1 by hand in PagerDuty",
            "Payments are refused",
            "pagerduty/incidents",
            "{\"priority\":\"P1\",\"title\":\"Payments are refused\",\"service\":\"PCHECKOUT\"}"),
    PERSON_DECLARES(
            "Someone declares a SEV-1 by hand in Datadog",
            "Login is down",
            "datadog/incidents",
            "{\"severity\":\"SEV-1\",\"title\":\"Login is down\"}");

    private final String story;
    private final String title;
    private final String path;
    private final String body;

    Trigger(String story, String title, String path, String body) {
        this.story = story;
        this.title = title;
        this.path = path;
        this.body = body;
    }

    String story() {
        return story;
    }

    /** The incident's title, by which it is found in the hub's list. */
    String title() {
        return title;
    }

    /** Where the sandbox's control API makes it happen, below {@code /control/}. */
    String path() {
        return path;
    }

    String body() {
        return body;
    }

    /** With its number, as the output names it. */
    String heading() {
        return (ordinal() + 1) + ". " + story;
    }
}
