# The account's webhook subscriptions -> whether one that is active sends to an endpoint of a hub what it needs.
def needed: ["incident.triggered", "incident.acknowledged", "incident.unacknowledged", "incident.resolved", "incident.reopened",
             "incident.priority_updated", "incident.annotated"];
if (.webhook_subscriptions | type) != "array" then error("no list of webhook subscriptions")
else
  [.webhook_subscriptions[] | select((.delivery_method.url // "") | test("/webhooks/pagerduty$"))] as $ours
  | [$ours[] | select(.active)] as $active
  | if ($ours | length) == 0 then
      [{level: "error", text: "no webhook subscription leads to /webhooks/pagerduty: the hub hears of nothing but by polls",
        remedy: "bin/fusion setup-webhooks --platform pagerduty"}]
    elif ($active | length) == 0 then
      [{level: "error", text: ("the webhook subscription to " + $ours[0].delivery_method.url + " is disabled"),
        remedy: "enable it; PagerDuty disables one whose endpoint has not answered"}]
    else
      (needed - [$active[].events[]?]) as $missing
      | if ($missing | length) > 0 then
          [{level: "warning", text: ("the webhook subscription does not send " + ($missing | join(", "))),
            remedy: "bin/fusion setup-webhooks --platform pagerduty"}]
        else [{level: "ok", text: ("events go to " + $active[0].delivery_method.url)}] end
    end
end
