# Step -> custom fields with the links.

{custom_fields: [.links | to_entries[] | {name: (.key + "_incident_url"), value: .value.url}]}
