# Users that are called as the hub's -> whether it is active and in the zone UTC.
([.[] | select(.user_name == $settings.username)] | first) as $user
| if $user == null then
    [{level: "warning", text: ("the hub does not see its own user " + $settings.username), remedy: "let it read sys_user"}]
  elif $user.active == "false" or $user.locked_out == "true" then
    [{level: "error", text: ("the user " + $settings.username + " is inactive or locked out"), remedy: "unlock it"}]
  elif ($user.time_zone // "") != "" and ($user.time_zone | test("^(UTC|GMT|Etc/UTC)$") | not) then
    [{level: "warning", text: ("the user " + $settings.username + " has the zone " + $user.time_zone + ": polls read times in UTC"),
      remedy: "set its time zone to GMT"}]
  else [{level: "ok", text: ("the user " + $settings.username + " is active")}] end
