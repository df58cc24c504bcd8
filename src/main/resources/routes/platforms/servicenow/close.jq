# Step -> the end of a second incident, with the reason.

{state: "8", work_notes: ("[fusion:" + .id + "] Duplicate of " + .reference.number + " " + .reference.url)}
