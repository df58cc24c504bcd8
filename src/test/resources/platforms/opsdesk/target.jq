# Incident -> the board that its ticket is opened on: its service's, else the configured one.

{board: (if (.hints.opsdeskboard // "") == "" then $settings.board else .hints.opsdeskboard end)}
