# Step -> the status of a case.

{data: {type: "case", attributes: {status_name: .sent.status}}}
