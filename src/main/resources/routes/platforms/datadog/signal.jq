# Datadog webhook body -> signal. Two payload templates, one for monitors, one for incidents (README, "Point the
# platforms at the hub"). All values are texts: Datadog substitutes variables into a template.

def text: if . == null then "" else tostring end;

# A cycle runs from trigger to recovery, per group. Without it the aggregation key and the scope name the same group.
def cycle:
  if (.alert_cycle_key | text) != "" then .alert_cycle_key
  elif (.aggreg_key | text) != "" then .aggreg_key + "@" + (.alert_scope | text)
  else "" end;

# Datadog writes priority and transition before the monitor's name, "[P1] [Triggered on {host:a}] CPU is high". The ticket
# outlives both.
def name:
  . as $told
  | sub("^(\\s*\\[(P[1-5]|(Re-)?(Triggered|Warn|Warning|Alert|No Data|Renotify|Recovered|Recovery)( Recovered| Recovery)?( on \\{.*?\\})?)\\])+\\s*"; ""; "i")
  | if . == "" then $told else . end;

def monitor:
  (.alert_transition | text) as $transition
  | (["Triggered", "No Data", "Warn"] | index($transition)) as $first
  | if (.alert_title | text | contains("[TEST]")) or (.event_title | text | contains("[TEST]")) then
      {kind: "noise", reason: "test notification"}
    elif cycle == "" then
      {kind: "noise", reason: "neither a cycle key nor an aggregation key"}
    elif $transition == "" then
      {kind: "noise", reason: "no alert transition"}
    else
      {
        kind: (if $first != null then "triggered" else "updated" end),
        firstSign: (if $first != null
                then {source: "datadog.monitor", sign: $transition, previousPriority: "", subject: (.alert_id | text)}
                else null end),
        scope: (.org.id | text),
        key: cycle,
        title: (.alert_title | text | name),
        description: (.body | text),
        priority: (.alert_priority | text),
        part: "monitor",
        status: $transition,
        time: (.last_updated // .date | text)
      }
    end;

def incident:
  (.incident.fields.summary | if type == "object" then .value else . end | text) as $summary
  | if (.incident.uuid | text) == "" then
      {kind: "noise", reason: "an incident notification without an incident"}
    else
      {
        kind: "updated",
        firstSign: {source: "datadog.incident", sign: "Declared", previousPriority: "", subject: .incident.uuid},
        record: {
          part: "incident",
          id: .incident.uuid,
          number: ("#" + (.incident.public_id | text)),
          url: (.incident.url | text),
          keyTaken: ($summary != "")
        },
        scope: "",
        account: (.org.id | text),
        key: .incident.uuid,
        fusionKey: $summary,
        title: (.incident.title | text),
        description: $summary,
        priority: (.incident.severity | text),
        status: (.incident.status | text),
        time: (.date | text)
      }
    end;

if .schema == "datadog-monitor-1" then monitor
elif .schema == "datadog-incident-1" then incident
else {kind: "noise", reason: ("unknown schema " + (.schema | text))}
end
