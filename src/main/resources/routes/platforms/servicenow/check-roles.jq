# The roles of the hub's user -> whether it may write and resolve incidents.
[.[] | .["role.name"] // "" | select(. != "")] as $roles
| if ($roles | length) == 0 then
    [{level: "warning", text: "the hub sees none of its own roles: whether it may resolve incidents is not known",
      remedy: "give it the role itil, and let it read sys_user_has_role"}]
  elif ([$roles[] | select(. == "itil" or . == "sn_incident_write" or . == "admin")] | length) == 0 then
    [{level: "error", text: ("the hub's user has none of the roles itil, sn_incident_write, admin: it may not resolve incidents. It has: " + ($roles | unique | join(", "))),
      remedy: "give it the role itil"}]
  else [{level: "ok", text: ("the hub's user has the role " + ([$roles[] | select(. == "itil" or . == "sn_incident_write" or . == "admin")] | unique | join(", ")))}] end
