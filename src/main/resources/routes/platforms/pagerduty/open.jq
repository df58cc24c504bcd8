# Step -> PagerDuty "create an incident". Everything beyond title, service, key and urgency is optional, and left out
# when unknown: a page must not be refused for it (see pagerduty-open-plain.jq).

def reference($type): if (. // "") == "" then null else {id: ., type: $type} end;

{
  incident: ({
    type: "incident",
    title: (("[" + .priority + "] " + .title)[0:1024]),
    service: (.target.service | reference("service_reference")),
    priority: (.target.priority | reference("priority_reference")),
    urgency: (if .priority == "P1" or .priority == "P2" then "high" else "low" end),
    incident_key: .key,
    body: {
      type: "incident_body",
      details: ([
        .description,
        (.hints | ["Service", .service], ["Team", .team], ["Runbook", .runbook] | select((.[1] // "") != "") | join(": ")),
        (.records | to_entries[] | .key as $platform | .value | to_entries[] | $platform + " " + .key + ": " + .value.number + " " + .value.url),
        "Fusion id: " + .id
      ] | map(select(. != "")) | join("\n"))
    },
    escalation_policy: (.target.escalationPolicy | reference("escalation_policy_reference"))
  } | with_entries(select(.value != null)))
}
