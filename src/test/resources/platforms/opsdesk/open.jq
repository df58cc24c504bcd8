# Step -> ticket.

{board: .target.board, externalKey: .key, title: .title, level: .priority[1:], state: "new"}
