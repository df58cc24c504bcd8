# The group of fusion.servicenow.assignment-group -> whether it is there and active.
([.[] | select(.sys_id == $settings["assignment-group"])] | first) as $group
| if $group == null then
    [{level: "error", text: ("the group " + $settings["assignment-group"] + " of fusion.servicenow.assignment-group is not there"),
      remedy: "set it to the sys_id of a group"}]
  elif $group.active == "false" then
    [{level: "error", text: ("the group " + ($group.name // $group.sys_id) + " is inactive"), remedy: "set another one"}]
  else [{level: "ok", text: ("incidents without a routing hint go to " + ($group.name // $group.sys_id))}] end
