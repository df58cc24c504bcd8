package io.xtribe.fusionhub.lab.bench;

import java.util.Arrays;
import java.util.List;

/**
 * What a person changes in the sandbox, where the platform tells it by a webhook. PagerDuty sends none for a title, Datadog none for
 * a comment on a case: polls find those, within their interval.
 */
enum Deed {
    SERVICENOW_RESOLVES(
            "servicenow", "{\"state\":\"6\",\"close_code\":\"Solution provided\",\"close_notes\":\"restarted\"}"),
    SERVICENOW_LOWERS("servicenow", "{\"impact\":\"2\",\"urgency\":\"2\"}"),
    SERVICENOW_RENAMES("servicenow", "{\"short_description\":\"Checkout is down in Europe\"}"),
    SERVICENOW_COMMENTS("servicenow", "{\"work_notes\":\"Rolled back release 7.\"}"),
    PAGERDUTY_RESOLVES("pagerduty", "{\"status\":\"resolved\"}"),
    PAGERDUTY_LOWERS("pagerduty", "{\"priority\":\"P3\"}"),
    PAGERDUTY_COMMENTS("pagerduty", "{\"note\":\"The disk is full.\"}"),
    DATADOG_RESOLVES("datadog", "{\"state\":\"resolved\"}"),
    DATADOG_LOWERS("datadog", "{\"severity\":\"SEV-3\"}"),
    DATADOG_RENAMES("datadog", "{\"title\":\"Checkout is down in Europe\"}");

    private final String platform;
    private final String body;

    Deed(String platform, String body) {
        this.platform = platform;
        this.body = body;
    }

    String platform() {
        return platform;
    }

    String body() {
        return body;
    }

    /** Where the control API makes it happen, for the incident with this id. */
    String path(String id) {
        return platform + "/incidents/" + id;
    }

    static List<String> platforms() {
        return Arrays.stream(values()).map(Deed::platform).distinct().toList();
    }

    /** Each in its turn, and the platforms by turns. */
    static Deed ofTurn(int turn) {
        var platforms = platforms();
        var platform = platforms.get(turn % platforms.size());
        var there = Arrays.stream(values())
                .filter(deed -> deed.platform.equals(platform))
                .toList();
        return there.get(turn / platforms.size() % there.size());
    }
}
