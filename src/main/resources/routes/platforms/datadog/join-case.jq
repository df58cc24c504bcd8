# Step -> the incident that a case is joined with.

{data: {type: "incidents", id: .links.datadog.id}}
