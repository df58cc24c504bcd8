# The default service -> the escalation policy by which it pages.
($settings["escalation-policy-id"] // "") as $set
| {policy: (if $set != "" then $set else (.service.escalation_policy.id // error("the service has no escalation policy")) end)}
