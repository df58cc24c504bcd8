# The webhook of monitors -> where it leads.
if (.url | type) == "string" then [{level: "ok", text: ("monitors notify " + (.url | split("?")[0]))}]
else [{level: "warning", text: "the webhook fusion-monitor has no URL", remedy: "bin/fusion setup-webhooks --platform datadog"}] end
