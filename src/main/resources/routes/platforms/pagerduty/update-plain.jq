# Step -> PagerDuty "update an incident" without the priority: an account may have none, or not by that name.

{
  incident: ({
    type: "incident_reference",
    status: (if .known.status == .status then null else .sent.status end),
    urgency: (if .priority == "P1" or .priority == "P2" then "high" else "low" end)
  } | with_entries(select(.value != null)))
}
