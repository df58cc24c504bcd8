# Step -> the state of a second incident.

{data: {type: "incidents", id: .duplicate, attributes: {fields: {state: {type: "dropdown", value: "resolved"}}}}}
