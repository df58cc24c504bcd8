# Step -> PagerDuty "update an incident": only what differs from what it is known to show. A priority is given by its object, or by its name where the account's list is not known.

{
  incident: ({
    type: "incident_reference",
    title: (if .newTitle == null then null
            else ((if .reference.ours then "[" + .priority + "] " else "" end) + .newTitle)[0:1024] end),
    status: (if .known.status == .status then null else .sent.status end),
    priority: (if .known.priority == .priority then null else .sent.priority end),
    urgency: (if .known.priority == .priority then null
              elif .priority == "P1" or .priority == "P2" then "high" else "low" end)
  } | with_entries(select(.value != null)))
}
