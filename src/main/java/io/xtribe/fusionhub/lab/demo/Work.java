package io.xtribe.fusionhub.lab.demo;

import java.util.List;

/** What people do with an incident that a client has logged, and what every record must show then. */
enum Work {
    ACKNOWLEDGES(
            "whoever is on call acknowledges in PagerDuty",
            Place.PAGERDUTY,
            "{\"status\":\"acknowledged\"}",
            List.of("active", "In Progress", "2", "acknowledged"),
            "2",
            ""),
    COMMENTS(
            "an agent comments in ServiceNow",
            Place.SERVICENOW,
            "{\"work_notes\":\"Rolled back release 7.\"}",
            List.of("active", "In Progress", "2", "acknowledged"),
            "2",
            "Rolled back release 7."),
    RAISES(
            "the agent raises it to P1 in ServiceNow",
            Place.SERVICENOW,
            "{\"impact\":\"1\",\"urgency\":\"1\"}",
            List.of("active", "In Progress", "2", "acknowledged"),
            "1",
            "Rolled back release 7."),
    RESOLVES(
            "someone resolves the Datadog incident",
            Place.DATADOG_INCIDENT,
            "{\"state\":\"resolved\"}",
            List.of("resolved", "Closed", "6", "resolved"),
            "1",
            "Rolled back release 7.");

    private final String story;
    private final Place where;
    private final String body;
    private final List<String> statuses;
    private final String priority;
    private final String comment;

    Work(String story, Place where, String body, List<String> statuses, String priority, String comment) {
        this.story = story;
        this.where = where;
        this.body = body;
        this.statuses = statuses;
        this.priority = priority;
        this.comment = comment;
    }

    String story() {
        return story;
    }

    Place where() {
        return where;
    }

    /** Where the sandbox's control API makes it happen, below {@code /control/}, for the record with this id. */
    String path(String id) {
        return where.platform() + "/" + where.part() + "s/" + id;
    }

    String body() {
        return body;
    }

    /** The platform's word that the record at this place must show. */
    String status(Place place) {
        return statuses.get(place.ordinal());
    }

    /** The number of the priority that all records must show. */
    String priority() {
        return priority;
    }

    /** What must be read at the places where people write; empty for nothing. */
    String comment() {
        return comment;
    }
}
