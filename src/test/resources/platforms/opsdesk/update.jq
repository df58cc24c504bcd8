# Step -> what a ticket is to show.

{level: .sent.priority, state: .sent.status}
