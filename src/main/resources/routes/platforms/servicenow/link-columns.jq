# Step -> ServiceNow columns with the links, and on a record that a person logged our key and mark, where nobody else's
# stand.

(.links | with_entries({key: ("u_" + .key + "_incident_url"), value: .value.url}))
+ (if .records.datadog.case.url != null then {u_datadog_case_url: .records.datadog.case.url} else {} end)
+ (if .reference.ours or .reference.keyTaken then {} else {correlation_id: .key, correlation_display: "fusion-hub"} end)
