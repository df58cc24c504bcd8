# Step -> what has to change on a ticket: only what differs from what it shows.

{
  level: (if .known.priority == .priority then null else .sent.priority end),
  state: (if .known.status == .status then null else .sent.status end)
} | with_entries(select(.value != null))
