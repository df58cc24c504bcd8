# Step -> ServiceNow incident. Priority is computed there from impact and urgency and must not be written.
# Columns hold 160 and 4000 characters.

{
  short_description: (("[" + .priority + "] " + .title)[0:160]),
  description: (([
    .description,
    (if .former == null then "" else "Goes on from " + .former.number + ", which is closed: " + .former.url end),
    (.hints | ["Service", .service], ["Team", .team], ["Runbook", .runbook] | select((.[1] // "") != "") | join(": ")),
    "Opened by Fusion Hub, " + .id
  ] | map(select(. != "")) | join("\n"))[0:4000]),
  impact: .sent.priority.impact,
  urgency: .sent.priority.urgency,
  caller_id: (.target.caller // ""),
  assignment_group: (.target.assignmentGroup // ""),
  correlation_id: .key,
  correlation_display: "fusion-hub"
}
| with_entries(select(.value != ""))
