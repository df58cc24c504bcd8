# Step -> the priority of a case.

{data: {type: "case", attributes: {priority: .sent.priority}}}
