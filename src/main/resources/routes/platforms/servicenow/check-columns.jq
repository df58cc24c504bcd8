# One incident, or none -> whether the columns for links are there, and those that tell of changes may be seen.
(first // null) as $one
| if $one == null then [{level: "ok", text: "there is no incident yet: its columns cannot be looked at"}]
  else
    ["u_datadog_incident_url", "u_pagerduty_incident_url"] as $links
    | ["correlation_id", "correlation_display", "sys_mod_count", "state", "priority", "impact", "urgency"] as $needed
    | [$needed[] | select(. as $column | $one | has($column) | not)] as $hidden
    | [$links[] | select(. as $column | $one | has($column) | not)] as $absent
    | (if ($hidden | length) > 0 then
         [{level: "error", text: ("the hub does not see " + ($hidden | join(", ")) + " of incidents"), remedy: "let its role read these columns"}]
       else [] end)
    + (if ($absent | length) > 0 then
         [{level: "ok", text: ("without the columns " + ($absent | join(", ")) + " links are written as work notes")}]
       else [{level: "ok", text: "links are written into columns of their own"}] end)
    + (if $one | has("x_pd_integration_incident") then
         [{level: "warning", text: "the instance has the application of PagerDuty, which pages for incidents by itself: each such page is a second one",
           remedy: "switch it off for the groups and services of incidents that the hub pages for"}]
       else [] end)
  end
