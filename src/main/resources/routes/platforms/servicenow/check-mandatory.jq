# What data policies demand of incidents -> what of it the hub does not fill. Policies alone hold for the Table API: what a form demands does not.
["short_description", "description", "impact", "urgency", "correlation_id", "correlation_display", "state", "work_notes",
 "close_code", "close_notes", "number", "priority", "opened_at", "opened_by"] as $filled
| (if ($settings["caller-id"] // "") == "" then [] else ["caller_id"] end) as $caller
| (if ($settings["assignment-group"] // "") == "" then [] else ["assignment_group"] end) as $group
| ($filled + $caller + $group) as $sent
| [.[] | select((.field // "") as $field | $field != "" and ($sent | index($field) | not))] as $open
| [$open[] | select((.["sys_data_policy.conditions"] // "") == "") | .field] as $always
| [$open[] | select((.["sys_data_policy.conditions"] // "") != "") | .field + " when " + .["sys_data_policy.conditions"]] as $sometimes
| (if ($always | length) > 0 then
     [{level: "error", text: ("a data policy demands " + ($always | unique | join(", ")) + ", which the hub does not fill: no incident can be opened"),
       remedy: "set fusion.servicenow.caller-id or .assignment-group, or add it to open.jq in a mounted folder"}] else [] end)
  + (if ($sometimes | length) > 0 then
     [{level: "warning", text: ("a data policy demands " + ($sometimes | unique | join(", ")) + ", which the hub does not fill"),
       remedy: "see whether that is ever true of the hub's incidents; if so, as for one without a condition"}] else [] end)
  + (if ($open | length) == 0 then
     [{level: "ok", text: (if length == 0 then "the hub sees no data policy for incidents" else "data policies demand nothing of incidents that the hub does not fill" end)}]
     else [] end)
