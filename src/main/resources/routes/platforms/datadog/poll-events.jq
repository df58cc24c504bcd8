# Datadog monitor events -> what a poll has found, each in the form of the webhook for monitors. The members wanted are in the inner
# attributes, and most of them in no document of the API.

def text: if . == null then "" else tostring end;

# Found beside the monitor as well.
def transition: (.monitor.transition // .transition // {});

def word:
  (transition.transition_type | text) as $type
  | (transition.destination_state | text) as $state
  | if $type == "" then ""
    elif $type | endswith("recovery") then "Recovered"
    elif $type == "renotify" then (if $state == "Warn" then "Re-Warn" else "Renotify" end)
    elif $type == "alert" then "Triggered"
    elif $type == "no data" then "No Data"
    elif $type == "warning" then "Warn"
    else $type end;

def body($tags):
  (.monitor_groups // .monitor.groups // []) as $groups
  | {
      schema: "datadog-monitor-1",
      id: (.evt.id | text),
      alert_id: (.monitor.id // .monitor_id | text),
      # Without it the webhook of the same alert, which has it, would open another incident.
      alert_cycle_key: (.monitor.alert_cycle_key_txt | text),
      aggreg_key: "",
      alert_title: (.title // .monitor.name | text),
      event_title: (.title | text),
      alert_transition: word,
      alert_type: (.status | text),
      alert_scope: ($groups | join(",")),
      event_type: (.evt.type | text),
      tags: ($tags | join(",")),
      link: ($settings["app-url"] + (.monitor.result.alert_url // ("/monitors/" + (.monitor.id // .monitor_id | text)))),
      date: (.timestamp | text),
      last_updated: (.timestamp | text),
      org: {id: $step.account},
      body: (.monitor.message | text)
    }
  # Of a monitor without a priority 0 is told; where the member is missing, that is not known.
  + (if .monitor.priority == null and (.monitor | has("priority") | not) then {}
     else {alert_priority: (if (.monitor.priority // 0) == 0 then "" else "P" + (.monitor.priority | text) end)} end);

if (.data | type) != "array" then error("no list of events")
elif ((.meta.warnings // []) | length) > 0 then error("the list of events may be incomplete: " + (.meta.warnings | tostring)[0:200])
elif ($step.account // "") == "" then error("which organisation the keys are of is not known, its API does not tell it: set fusion.datadog.org-id to that one only")
else
  # The overlap reaches back before the first watermark: what was told then is its webhooks' matter.
  [.data[].attributes | . as $outer | .attributes
   | select(.monitor != null and (.timestamp // 0) >= $step.begun.millis) | . + {told: ($outer.tags // [])}] as $events
  | ([.data[].attributes.attributes.timestamp // empty] | max) as $last
  | {
      found: [$events[] | . as $event | {id: (.evt.id | text), data: body($event.told)}],
      latest: (if $last == null then null else ($last | tostring) end),
      # A full page is followed by another one from its last moment on; what is met again there is not fed in again.
      next: (if (.data | length) < 1000 then null else {millis: $last} end)
    }
end
