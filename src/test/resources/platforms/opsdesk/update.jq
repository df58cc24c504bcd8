# Step -> what a ticket is to show.

{level: .priority[1:], state: {"open": "new", "acknowledged": "working", "resolved": "done"}[.status]}
