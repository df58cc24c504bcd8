# Incident record -> whether it has the columns: ServiceNow ignores unknown ones without an error.

{taken: (to_entries | any(.[]; (.key | startswith("u_") and endswith("_incident_url")) and .value != ""))}
