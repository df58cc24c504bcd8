# PagerDuty V3 webhook body -> signal.
# https://developer.pagerduty.com/docs/webhooks-overview: new event types may appear at any time; they are noise.

def text: if . == null then "" else tostring end;

def kind:
  {"incident.triggered": "triggered",
   "incident.acknowledged": "acknowledged",
   "incident.unacknowledged": "updated",
   "incident.resolved": "resolved",
   "incident.reopened": "reopened",
   "incident.priority_updated": "updated",
   "incident.annotated": "commented"}[.];

(.event.event_type | text) as $type
| ($type | kind) as $kind
| .event as $event
| .event.data as $data
| if $kind == null then
    {kind: "noise", reason: (if $type == "" then "no event type" else "event type " + $type end)}
  elif $kind == "commented" then
    {
      kind: $kind,
      record: {part: "incident", id: ($data.incident.id | text), number: "", url: ($data.incident.html_url | text)},
      account: (($data.incident.html_url | text | split("/")[2]) // ""),
      time: ($event.occurred_at | text)
    }
  else
    ($event.agent.type == "user_reference") as $byUser
    | {
        kind: $kind,
        firstSign: (if $type == "incident.triggered" then {
                  source: (if $byUser then "pagerduty.manual" else "pagerduty.service" end),
                  sign: $type,
                  previousPriority: "",
                  subject: $data.id
                } else null end),
        record: {
          part: "incident",
          id: ($data.id | text),
          number: ("#" + ($data.number | text)),
          url: ($data.html_url | text),
          keyTaken: true
        },
        scope: (($data.html_url | text | split("/")[2]) // ""),
        key: ($data.id | text),
        fusionKey: ($data.incident_key | text),
        title: ($data.title | text),
        description: "",
        priority: ($data.priority.summary | text),
        status: ($data.status | text),
        time: ($event.occurred_at | text)
      }
  end
