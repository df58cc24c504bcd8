# Step -> the status of a second case.

{data: {type: "case", attributes: {status_name: "Closed"}}}
