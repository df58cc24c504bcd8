# Incident -> who owns it there: the group that the routing hint names, else the configured one.

{
  caller: $settings["caller-id"],
  assignmentGroup: (if (.hints.assignmentgroup // "") == "" then $settings["assignment-group"] else .hints.assignmentgroup end),
  defaultAssignmentGroup: $settings["assignment-group"],
  closeCode: $settings["close-code"]
}
