# Step -> the end of a second incident, with the reason.

{incident: {type: "incident_reference", status: "resolved", resolution: ("[fusion:" + .id + "] Duplicate of " + .reference.url + " (" + .key + ")")}}
