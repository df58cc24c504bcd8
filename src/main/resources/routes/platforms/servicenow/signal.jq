# ServiceNow business-rule body (schema servicenow-incident-1, raw values) -> signal.
# The setting url holds the instance's base URL: the body has no link.

def text: if . == null then "" else tostring end;

if .schema != "servicenow-incident-1" then
  {kind: "noise", reason: ("unknown schema " + (.schema | text))}
elif ([.event_type] | inside(["incident.created", "incident.updated"]) | not) then
  {kind: "noise", reason: ("unknown event type " + (.event_type | text))}
elif (.incident.sys_id | text) == "" then
  {kind: "noise", reason: "an event without sys_id"}
else
  . as $event
  | .incident
  | (.correlation_display == "fusion-hub") as $ours
  | (.previous_priority | text) as $previous
  | ($event.event_type == "incident.created") as $created
  | {
      kind: (if $created then "triggered"
             elif ($event.changed // [] | any(. == "work_notes" or . == "comments")) then "commented"
             else "updated" end),
      firstSign: (if $ours or (($created or $previous != "") | not) then null
              else {
                source: "servicenow",
                sign: $event.event_type,
                previousPriority: (if $created then "" else $previous end),
                subject: .sys_id
              } end),
      record: {
        part: "incident",
        id: .sys_id,
        number: (.number | text),
        url: ($settings.url + "/incident.do?sys_id=" + .sys_id),
        keyTaken: (($ours | not) and ((.correlation_id | text) != "" or (.correlation_display | text) != ""))
      },
      scope: ($event.instance | text),
      key: .sys_id,
      fusionKey: (if $ours then (.correlation_id | text) else (.u_fusion_id | text) end),
      title: (.short_description | text),
      description: (.description | text),
      priority: (.priority | text),
      status: (.state | text),
      previousStatus: (if $created then "" else .previous_state | text end),
      time: ($event.occurred_at | text),
      version: (.sys_mod_count | text | (tonumber? // -1))
    }
end
