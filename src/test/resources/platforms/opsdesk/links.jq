# Step -> the links of a ticket.

{links: [.links | to_entries[] | {name: .key, url: .value.url}]}
