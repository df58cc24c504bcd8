# Step -> Datadog "create a case". Our key stands in the custom attribute, where one is configured, and at the end of
# the description.

{
  data: {
    type: "case",
    attributes: ({
      title: (("[" + .priority + "] " + .title)[0:255]),
      type_id: .target.caseType,
      priority: .sent.priority,
      status_name: "Open",
      description: ([
        .description,
        ([.hints | ["Service", .service], ["Team", .team], ["Runbook", .runbook] | select((.[1] // "") != "") | join(": ")] | join("\n")),
        "Fusion id: " + .key
      ] | map(select(. != "")) | join("\n\n"))
    } + (if (.target.caseAttribute // "") == "" then {} else
      {custom_attributes: {(.target.caseAttribute): {type: "TEXT", is_multi: false, value: .key}}} end)),
    relationships: {project: {data: {id: .target.project, type: "project"}}}
  }
}
