# Monitors behind open incidents -> the end of the alert, where nothing of the monitor alerts any more. One that was deleted, or may
# not be read, says nothing.

def text: if . == null then "" else tostring end;

def body($monitor):
  {
    schema: "datadog-monitor-1",
    id: ("poll-" + ($monitor.id | text)),
    alert_id: .origin.subject,
    alert_cycle_key: .origin.key,
    alert_title: .title,
    alert_transition: "Recovered",
    alert_type: "success",
    alert_priority: (if ($monitor.priority // 0) == 0 then "" else "P" + ($monitor.priority | text) end),
    alert_scope: "",
    tags: ($monitor.tags // [] | join(",")),
    last_updated: ($monitor.overall_state_modified | text),
    org: {id: .origin.scope},
    body: ""
  };

{
  found: [.[] | select(.overall_state == "OK" and (.overall_state_modified // "") != "") | . as $monitor
          | $step.standing[]
          | select(.origin.source == "datadog.monitor" and .origin.subject == ($monitor.id | text))
          | {id: (.id + "/" + ($monitor.overall_state_modified | text)), data: body($monitor)}],
  next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:]} else null end)
}
