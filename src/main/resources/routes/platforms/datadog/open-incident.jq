# Step -> Datadog "create an incident". Our key stands in the summary, which comes back in webhooks, and in the
# searchable field where one is configured.

{
  data: {
    type: "incidents",
    attributes: {
      title: (("[" + .priority + "] " + .title)[0:255]),
      customer_impacted: false,
      fields: ({
        severity: {type: "dropdown", value: .sent.priority},
        state: {type: "dropdown", value: "active"},
        summary: {type: "textbox", value: ([
        .description,
        ([.hints | ["Service", .service], ["Team", .team], ["Runbook", .runbook] | select((.[1] // "") != "") | join(": ")] | join("\n")),
        "Fusion id: " + .key
      ] | map(select(. != "")) | join("\n\n"))}
      } + (if (.target.incidentField // "") == "" then {} else
        {(.target.incidentField): {type: "textarray", value: [.key]}} end)
        + (if (.hints.service // "") == "" then {} else
        {services: {type: "autocomplete", value: [.hints.service]}} end))
    }
  }
}
