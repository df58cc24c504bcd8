# Step -> Datadog "update an incident": only what differs. Acknowledged and open are both active there.

{
  data: {
    type: "incidents",
    id: .reference.id,
    attributes: ((if .newTitle == null then {} else
      {title: (((if .reference.ours then "[" + .priority + "] " else "" end) + .newTitle)[0:255])} end) + {
      fields: (
        (if .known.status == .status then {} else
          {state: {type: "dropdown", value: .sent.status}} end)
        + (if .known.priority == .priority then {} else
          {severity: {type: "dropdown", value: .sent.priority}} end))
    })
  }
}
