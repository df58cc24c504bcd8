# Step -> the status of a case.

{data: {type: "case", attributes: {status_name: {"open": "Open", "acknowledged": "In Progress", "resolved": "Closed"}[.status]}}}
