# Datadog webhook body -> signal. Two payload templates, one for monitors, one for incidents (README, "Point the
# platforms at the hub"). All values are texts: Datadog substitutes variables into a template.

def text: if . == null then "" else tostring end;

# A cycle runs from trigger to recovery, per group. Without it the aggregation key and the scope name the same group.
def cycle:
  if (.alert_cycle_key | text) != "" then .alert_cycle_key
  elif (.aggreg_key | text) != "" then .aggreg_key + "@" + (.alert_scope | text)
  else "" end;

# Events, searches and templates name the tags of a group in different orders. A monitor without groups is "*", or nothing.
def group: [split(",")[] | sub("^\\s+"; "") | sub("\\s+$"; "") | select(. != "" and . != "*")] | sort | join(",");

def by_monitor: $settings["group-by"] == "monitor";

def template: "bin/fusion setup-webhooks --platform datadog writes the payload templates";

# Datadog writes priority and transition before the monitor's name, "[P1] [Triggered on {host:a}] CPU is high". The ticket
# outlives both.
def name:
  . as $told
  | sub("^(\\s*\\[(P[1-5]|(Re-)?(Triggered|Warn|Warning|Alert|No Data|Renotify|Recovered|Recovery)( Recovered| Recovery)?( on \\{.*?\\})?)\\])+\\s*"; ""; "i")
  | if . == "" then $told else . end;

# Every transition may be the first that the hub hears of an alert: the one before was lost, or was below. What means that it
# is over, by the table of status, opens nothing; neither does one that opensOn does not list.
def sign: if (.alert_transition | text) == "Renotify" and (.alert_type | text) == "warning" then "Re-Warn"
  else .alert_transition | text end;

def monitor:
  (.alert_transition | text) as $transition
  | if (.alert_title | text | contains("[TEST]")) or (.event_title | text | contains("[TEST]")) then
      {kind: "noise", reason: "test notification"}
    elif cycle == "" then
      {kind: "unknown", reason: "neither a cycle key nor an aggregation key", part: "monitor",
       priority: (.alert_priority | text),
       remedy: ("an alert without a key cannot be followed: " + template)}
    elif $transition == "" then
      {kind: "unknown", reason: "no alert transition", part: "monitor", priority: (.alert_priority | text),
       remedy: ("let only monitors notify this webhook, and incidents the other one: " + template)}
    else
      {
        # Only Triggered tells of a beginning: an alert that goes on may change to Warn or to No Data.
        kind: (if $transition == "Triggered" then "triggered" else "updated" end),
        firstSign: {source: "datadog.monitor", sign: sign, previousPriority: "", subject: (.alert_id | text)},
        scope: (.org.id | text),
        key: cycle,
        # The next alert of this group has another cycle.
        # By monitor, its groups are members of one series.
        series: (if (.alert_id | text) == "" then "" elif by_monitor then (.alert_id | text)
                 else (.alert_id | text) + "@" + (.alert_scope | text | group) end),
        member: (if by_monitor and (.alert_id | text) != "" then (.alert_scope | text | group) else "" end),
        end: $settings.recovery,
        title: (.alert_title | text | name),
        description: (.body | text),
        # A template that has lost this member is not one without a priority: it is told as a word that no table has.
        priority: (if has("alert_priority") then (.alert_priority | text) else "no member alert_priority" end),
        part: "monitor",
        status: $transition,
        time: (.last_updated // .date | text)
      }
    end;

def incident:
  (.incident.fields.summary | if type == "object" then .value else . end | text) as $summary
  | if (.incident.uuid | text) == "" then
      {kind: "unknown", reason: "an incident notification without an incident",
       remedy: ("let only incidents notify this webhook, and monitors the other one: " + template)}
    else
      {
        kind: "updated",
        firstSign: {source: "datadog.incident", sign: "Declared", previousPriority: (.previous_severity | text), subject: .incident.uuid},
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

# There are no webhooks of cases: polls tell of them.
def case_key:
  [(.custom_attributes // {} | to_entries[] | .value.value | if type == "array" then .[] else . end | select(type == "string")),
   (.description | text)]
  | map(select(contains("fx-")) | capture("(?<key>fx-[0-9a-f]{32}(\\.[0-9]+)?)").key)
  | first // "";

def case:
  .org.id as $org
  | .case
  | {
      kind: "updated",
      record: {
        part: "case",
        id: (.id | text),
        number: (.attributes.key | text),
        url: ($settings["app-url"] + "/cases/" + (.attributes.key | text)),
        keyTaken: false
      },
      scope: "",
      account: ($org | text),
      key: "",
      fusionKey: (.attributes | case_key),
      title: (.attributes.title | text),
      priority: (.attributes.priority | text),
      status: (.attributes.status_group | text),
      time: (.attributes.modified_at // .attributes.created_at | text)
    };

# What a poll tells of the comments of a case.
def comments:
  {
    kind: "commented",
    record: {part: .part, id: .id, number: "", url: "", keyTaken: false},
    account: (.org.id | text),
    comments: .comments
  };

# What a poll tells of the links that a record shows.
def links:
  {
    kind: "updated",
    record: {part: .part, id: .id, number: "", url: "", keyTaken: false},
    account: (.org.id | text),
    time: .at,
    links: .links
  };

def stranger:
  {
    kind: "unknown",
    reason: (if (.schema | text) == "" and (.event_type != null or .title != null)
             then "Datadog's default payload, which tells neither priority nor transition, titled '" + (.title | text)[0:80] + "'"
             else "schema '" + (.schema | text)[0:80] + "' is none of datadog-monitor-1, datadog-incident-1; its members are "
                  + (keys | join(", "))[0:120] end),
    remedy: ("give this webhook in Datadog our payload template: " + template)
  };

if .schema == "datadog-monitor-1" then monitor
elif .schema == "datadog-incident-1" then incident
elif .schema == "datadog-case-1" then case
elif .schema == "fusion-links-1" then links
elif .schema == "fusion-comments-1" then comments
else stranger
end
