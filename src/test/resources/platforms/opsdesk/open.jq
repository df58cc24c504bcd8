# Step -> ticket.

{board: .target.board, externalKey: .key, title: .title, level: .sent.priority, state: "new"}
