# A webhook of ours -> where it leads.
if (.url | type) == "string" then
  [{level: "ok", text: ((if $each == "fusion-monitor" then "monitors notify " else "incidents notify " end) + (.url | split("?")[0]))}]
else [{level: "warning", text: ("the webhook " + $each + " has no URL"), remedy: "bin/fusion setup-webhooks --platform datadog"}] end
