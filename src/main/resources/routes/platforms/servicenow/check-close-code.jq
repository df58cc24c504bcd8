# The choices for the resolution code -> whether the one of fusion.servicenow.close-code is among them.
($settings["close-code"]) as $code
| [.[] | select((.element // "close_code") == "close_code") | .value, .label | select(. != null and . != "")] as $known
| if ($known | length) == 0 then
    [{level: "warning", text: "the hub sees no resolution codes: whether the instance has that of fusion.servicenow.close-code is not known",
      remedy: "let it read sys_choice"}]
  elif ($known | index($code)) then [{level: "ok", text: ("resolves with the code '" + $code + "'")}]
  else
    [{level: "error", text: ("the instance has no resolution code '" + $code + "': it refuses to resolve. It has: " + ($known | unique | join(", "))),
      remedy: "set fusion.servicenow.close-code to one of them"}]
  end
