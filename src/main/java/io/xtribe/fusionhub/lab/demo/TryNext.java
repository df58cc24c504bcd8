package io.xtribe.fusionhub.lab.demo;

import java.util.List;

import io.xtribe.fusionhub.lab.local.LocalPorts;

/** The commands that the demo offers once everything is up; each works exactly as printed. */
final class TryNext {
    private final LocalPorts ports;
    private final String token;
    private final String incidentId;

    /**
     * @param token lets a program in at the hub
     * @param incidentId an incident to look at
     */
    TryNext(LocalPorts ports, String token, String incidentId) {
        this.ports = ports;
        this.token = token;
        this.incidentId = incidentId;
    }

    /** A command and what it does. */
    record Suggestion(String purpose, String command) {}

    List<Suggestion> suggestions() {
        String control = ports.sandboxUrl() + "/control/";
        return List.of(
                new Suggestion(
                        "Let another monitor alert with P1, and see its records at " + ports.sandboxUrl() + "/",
                        "curl -s " + control
                                + "datadog/alerts -d '{\"priority\":\"P1\",\"title\":\"Database is full\",\"service\":\"orders\"}'"),
                new Suggestion(
                        "Look at the first incident: what should be true, what each platform holds, and its story",
                        "curl -s -H 'Authorization: Bearer " + token + "' "
                                + new HubApi(null, ports.hubUrl(), token).incidentUrl(incidentId)),
                new Suggestion(
                        "Take ServiceNow down for three tries: the page goes out at once, ServiceNow follows later",
                        "curl -s " + control
                                + "faults -d '{\"platform\":\"servicenow\",\"operation\":\"create-incident\",\"kind\":\"status\",\"status\":503,\"times\":3}'"
                                + " && curl -s " + control
                                + "datadog/alerts -d '{\"priority\":\"P1\",\"title\":\"Search is down\",\"service\":\"search\"}'"));
    }
}
