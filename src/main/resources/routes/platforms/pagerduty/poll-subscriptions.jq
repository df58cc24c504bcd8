# PagerDuty's webhook subscriptions -> those of ours that it has disabled.

if (.webhook_subscriptions | type) != "array" then error("no list of subscriptions")
else
  [.webhook_subscriptions[]
   | select(.active == true and .delivery_method.temporarily_disabled == true)
   | select((.description // "" | startswith("xTribe Fusion Hub")) or (.delivery_method.url // "" | endswith("/webhooks/pagerduty")))
   | .id]
end
