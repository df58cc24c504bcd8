# Monitors that were read -> the end of the alerts of open incidents that are over, and the alerts that nobody has told. One that was
# deleted, or may not be read, says nothing.

def text: if . == null then "" else tostring end;

def group: [split(",")[] | sub("^\\s+"; "") | sub("\\s+$"; "") | select(. != "" and . != "*")] | sort | join(",");

# As in poll-monitors.jq.
def own: if (.seriesName | text | contains("@")) then
    (.seriesName | sub("@.*$"; "")) + "@" + (.seriesName | sub("^[^@]*@"; "") | group)
  else (.subject | text) + "@?" end;

# The groups of a monitor, with their names in our order.
def groups: [.state.groups // {} | to_entries[] | .value + {group: (.key | group)}];

def priority: if (.priority // 0) == 0 then "" else "P" + (.priority | text) end;

def body($monitor):
  {
    schema: "datadog-monitor-1",
    alert_id: ($monitor.id | text),
    alert_priority: ($monitor | priority),
    tags: ($monitor.tags // [] | join(",")),
    link: ($settings["app-url"] + "/monitors/" + ($monitor.id | text))
  };

# A time in seconds stands for the end of its second: it ends what began in it.
def over($monitor; $origin):
  ($origin | own | sub("^[^@]*@"; "")) as $name
  | ([$monitor | groups[] | select(.group == $name)] | first) as $group
  | if $group != null then
      if $group.status == "OK" and ($group.last_resolved_ts // 0) > 0 then ($group.last_resolved_ts * 1000 + 999 | tostring)
      elif $group.status == "OK" and $monitor.overall_state == "OK" then ($monitor.overall_state_modified | text)
      else "" end
    elif $monitor.overall_state == "OK" then ($monitor.overall_state_modified | text)
    else "" end;

def ends($monitor):
  $step.standing[]
  | select(.origin.source == "datadog.monitor" and .origin.subject == ($monitor.id | text))
  | over($monitor; .origin) as $at
  | select($at != "")
  | {id: (.id + "/" + $at),
     data: (body($monitor) + {
       id: ("poll-" + ($monitor.id | text)),
       alert_cycle_key: .origin.key,
       alert_title: .title,
       alert_transition: "Recovered",
       alert_type: "success",
       alert_scope: (.origin | own | sub("^[^@]*@"; "") | if . == "?" then "" else . end),
       last_updated: $at,
       org: {id: .origin.scope},
       body: ""
     })};

# A downtime of other groups is none of this one.
def is_silenced($monitor; $group):
  [$group | split(",")[]] as $tags
  | [$monitor.matching_downtimes // [] | .[] | ([.scope // [] | if type == "array" then .[] else . end] - ["*"]) - $tags | length == 0]
  | any;

def word: if .status == "Alert" then "Triggered" elif .status == "No Data" then "No Data" elif .status == "Warn" then "Warn" else "" end;

def began: if .status == "No Data" and (.last_nodata_ts // 0) > 0 then .last_nodata_ts else .last_triggered_ts // 0 end;

# The rows of a synthetic test are one alert, under several names.
def is_told_once($monitor): $monitor.type == "synthetics alert";

def is_known($monitor): any($step.standing[].origin // empty; .source == "datadog.monitor" and .subject == ($monitor.id | text));

# With a key of our own (~), since events and webhooks alone tell that of its cycle. The webhook, should it still come, joins its series.
def alerts($monitor):
  [$monitor | groups[]
   | select((($monitor.id | text) + "@" + .group) as $pair | $step.next.alerts // [] | index($pair))
   | select(word != "" and began > 0)
   | . as $group
   | select(is_silenced($monitor; $group.group) | not)
   | (if is_told_once($monitor) then "" else .group end) as $scope
   | {id: ("alert/" + ($monitor.id | text) + "@" + $scope + "/" + (began | text)),
      data: (body($monitor) + {
        id: ("poll-" + ($monitor.id | text)),
        alert_cycle_key: ("~" + ($monitor.id | text) + "@" + $scope + "@" + (began | text)),
        alert_title: ($monitor.name | text),
        alert_transition: word,
        alert_type: (if .status == "Warn" then "warning" else "error" end),
        alert_scope: $scope,
        last_updated: (began * 1000 | tostring),
        org: {id: $step.account},
        body: ($monitor.message | text)
      })}]
  | if is_told_once($monitor) then (if is_known($monitor) then [] else .[0:1] end) else . end
  | .[];

# One that is over was told; it may be asked again in an hour. Any other one, such as one whose priority was lowered, in ten minutes.
def looked($monitors):
  ($step.now.millis + 3600000) as $late
  | ($step.now.millis + 600000) as $soon
  | [$step.standing[].origin // empty
     | select(.source == "datadog.monitor")
     | . as $origin
     | select($step.next.read[0:20] | index($origin.subject))
     | ([$monitors[] | select((.id | text) == $origin.subject)] | first) as $monitor
     | {key: own, value: (if $monitor == null or over($monitor; $origin) != "" then $late else $soon end)}]
  | from_entries;

. as $read
| ($step.next.alerts // []) as $asked
| [$read[] | select(.id != null)] as $monitors
| [$monitors[] | alerts(.)] as $alerts
# What the search has shown too late, or is silenced, is met anew.
| [$asked[] | select(. as $pair
     | ($step.next.read[0:20] | index($pair | sub("@.*$"; "")))
     and any($monitors[]; . as $monitor | ($pair | sub("@.*$"; "")) == ($monitor.id | text)
                          and (is_told_once($monitor) | not)
                          and (any($alerts[]; (.data.alert_id + "@" + .data.alert_scope) == $pair) | not)))] as $anew
| {
    found: ($alerts + [$monitors[] | ends(.)]),
    memory: {
      groups: (($step.memory.groups // {}) | with_entries(select(.key as $name | $anew | index($name) | not))),
      looked: (($step.memory.looked // {}) + looked($monitors))
    },
    next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:], alerts: $asked} else null end)
  }
