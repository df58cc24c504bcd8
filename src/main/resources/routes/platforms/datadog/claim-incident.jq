# Step -> our key in the summary of an incident that a person declared.

{data: {type: "incidents", id: .links.datadog.id, attributes: {fields: {summary: {type: "textbox", value: ("Fusion id: " + .key)}}}}}
