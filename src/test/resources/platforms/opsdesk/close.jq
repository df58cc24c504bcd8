# Step -> the end of a second ticket, with the reason.

{state: "done", comment: ("Duplicate of " + .reference.url)}
