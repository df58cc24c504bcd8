# Step -> Datadog "update an incident": only what differs. Acknowledged and open are both active there.

{
  data: {
    type: "incidents",
    id: .reference.id,
    attributes: {
      fields: (
        (if .known.status == .status then {} else
          {state: {type: "dropdown", value: (if .status == "resolved" then "resolved" else "active" end)}} end)
        + (if .known.priority == .priority then {} else
          {severity: {type: "dropdown", value: ("SEV-" + .priority[1:])}} end))
    }
  }
}
