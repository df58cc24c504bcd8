# Step -> query of an incident search: our key, in the field where one is configured.

(if (.target.incidentField // "") == "" then "" else .target.incidentField + ":" end) + "\"" + .key + "\""
