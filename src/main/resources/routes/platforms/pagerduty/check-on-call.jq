# Who is on call by the escalation policy of the default service -> who would be paged now; nobody is an error.
if (.oncalls | type) != "array" then error("no list of people on call")
elif (.oncalls | length) == 0 then
  [{level: "error", text: "nobody is on call for the service of fusion.pagerduty.service-id: a page would reach nobody",
    remedy: "put somebody on the schedule of its escalation policy"}]
else
  (.oncalls | sort_by(.escalation_level)) as $levels
  | $levels[0].escalation_level as $first
  | [$levels[] | select(.escalation_level == $first) | .user.summary // .user.id] as $names
  | [{level: "ok", text: ("would be paged now: " + ($names | unique | join(", ")))}]
end
