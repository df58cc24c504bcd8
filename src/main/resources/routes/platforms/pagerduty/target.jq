# Incident -> whom to page: the service and policy that the routing hints name, else the configured ones. The configured
# policy is for the configured service: on a team's own one it would page somebody else.

(if (.hints.pagerdutyservice // "") == "" then $settings["service-id"] else .hints.pagerdutyservice end) as $service
| {
    service: $service,
    defaultService: $settings["service-id"],
    escalationPolicy: (if (.hints.escalationpolicy // "") != "" then .hints.escalationpolicy
                       elif $service == $settings["service-id"] then $settings["escalation-policy-id"]
                       else "" end),
    priority: ($lists.priorities.sent[.priority].id? // "")
  }
