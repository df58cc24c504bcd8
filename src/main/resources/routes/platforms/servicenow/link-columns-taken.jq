# Incident record -> whether it has the columns, and whether one of them holds a link: ServiceNow ignores unknown ones, and those
# that may not be written, without an error.

(to_entries | map(select(.key | startswith("u_") and endswith("_incident_url")))) as $columns
| {exist: ($columns | length > 0), taken: ($columns | any(.[]; (.value // "") != ""))}
