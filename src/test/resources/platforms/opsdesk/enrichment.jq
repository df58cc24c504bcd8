# Webhook body -> the board, by which the service catalogue is asked, and the priority.

{lookup: {opsdeskboard: .ticket.board?}, priority: (.ticket.level? | tostring)}
