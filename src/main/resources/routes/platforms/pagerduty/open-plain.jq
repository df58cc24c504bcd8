# Step -> PagerDuty "create an incident" with nothing that could be refused: title, default service, key, urgency.

{
  incident: {
    type: "incident",
    title: (("[" + .priority + "] " + .title)[0:255]),
    service: {id: .target.defaultService, type: "service_reference"},
    urgency: "high",
    incident_key: .key
  }
}
