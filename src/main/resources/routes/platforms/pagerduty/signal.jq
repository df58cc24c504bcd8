# PagerDuty V3 webhook body -> signal.
# https://developer.pagerduty.com/docs/webhooks-overview: new event types may appear at any time. Those that are known and
# change nothing for the hub are noise; any other is unknown.

def text: if . == null then "" elif type == "string" then . else tostring end;

def kind:
  {"incident.triggered": "triggered",
   "incident.acknowledged": "acknowledged",
   "incident.unacknowledged": "updated",
   "incident.resolved": "resolved",
   "incident.reopened": "reopened",
   "incident.merged": "updated",
   "incident.priority_updated": "updated",
   "incident.annotated": "commented"}[.];

# No webhook has it: what a poll tells of an incident.
def polled: "incident.polled";

# Known and not needed. What ends with a point stands for all that begin so.
def not_needed:
  ["pagey.ping", "service.",
   "incident.reassigned", "incident.escalated", "incident.delegated", "incident.service_updated",
   "incident.incident_type.changed", "incident.status_update_published", "incident.custom_field_values.updated",
   "incident.responder.", "incident.conference_bridge.updated", "incident.role.", "incident.task.",
   "incident.workflow.", "incident.action_invocation."];

def is_not_needed:
  . as $type
  | any(not_needed[]; . as $known | $type == $known or (($known | endswith(".")) and ($type | startswith($known))));

# These say that it stands now: a priority that is raised, and an end that is taken back, as well as a beginning.
def is_first_sign: . == "incident.triggered" or . == "incident.priority_updated" or . == "incident.reopened";

# The incident into which this one was merged: https://developer.pagerduty.com/api-reference/, "Merge incidents".
def survivor:
  if (.resolve_reason | type) == "object" and .resolve_reason.type == "merge_resolve_reason"
     and (.resolve_reason.incident.id | text) != "" then
    .resolve_reason.incident
    | {part: "incident",
       id: (.id | text),
       number: ([.summary | text | capture("^\\[(?<number>#[0-9]+)\\]").number][0] // ""),
       url: (.html_url | text)}
  else null end;

# A resolution is a note as well, with these words before it.
def note: text | sub("^Resolution Note: (?=\\[fusion:)"; "");

def members: (keys | join(", "))[0:120];

if (.messages | type) == "array" and .event == null then
  {kind: "unknown",
   reason: "a webhook of version 2, with messages: only version 3 is known",
   remedy: "let PagerDuty send version 3: bin/fusion setup-webhooks --platform pagerduty; then remove the old webhook"}
elif .schema == "fusion-links-1" then
  # What a poll tells of the links that an incident shows.
  {
    kind: "updated",
    record: {part: .part, id: .id, number: "", url: "", keyTaken: true},
    account: ((.url | text | split("/")[2]) // ""),
    time: .at,
    links: .links
  }
elif .schema == "fusion-comments-1" then
  # What a poll tells of the notes of an incident.
  {
    kind: "commented",
    record: {part: "incident", id: .id, number: "", url: "", keyTaken: true},
    account: ((.url | text | split("/")[2]) // ""),
    comments: [.notes[] | {id: (.id | text), at: (.created_at | text), author: (.user.summary? | text),
                           text: (.content | note), audience: "internal"}]
  }
elif (.event.event_type | text) == "" then
  {kind: "unknown",
   reason: ("a body without event/event_type, which no version 3 webhook is; its members are " + members),
   remedy: "let PagerDuty send version 3 webhooks: bin/fusion setup-webhooks --platform pagerduty"}
else
  (.event.event_type | text) as $type
  | (if $type == polled then "updated" else $type | kind end) as $kind
  | .event as $event
  | .event.data as $data
  | if $kind == null and ($type | is_not_needed) then
      {kind: "noise", reason: "event type that is not needed"}
    elif $kind == null then
      {kind: "unknown",
       reason: ("event type '" + $type[0:80] + "' is not known"),
       remedy: "add it to signal.jq in PagerDuty's folder, where it is needed or where it is not; if it is urgent, open the incident by hand",
       record: (($data.incident.id // $data.id | text) as $id
                | if $id == "" then null else {part: "incident", id: $id, number: "", url: ""} end),
       fusionKey: ($data.incident_key | text),
       priority: ($data.priority.summary? | text)}
    elif ($data.incident.id // $data.id | text) == "" then
      {kind: "unknown", reason: "an event without the id of its incident", priority: ($data.priority.summary? | text),
       remedy: "let PagerDuty send version 3 webhooks: bin/fusion setup-webhooks --platform pagerduty"}
    elif $kind == "commented" then
      {
        kind: $kind,
        record: {part: "incident", id: ($data.incident.id | text), number: "", url: ($data.incident.html_url | text)},
        account: (($data.incident.html_url | text | split("/")[2]) // ""),
        time: ($event.occurred_at | text),
        by: ($event.agent.summary? | text),
        # The resolution of an incident is told twice: by its end, without the text, and by this. Of a long note only the
        # beginning is told.
        comments: [{
          id: ($data.id | text),
          at: ($event.occurred_at | text),
          author: ($event.agent.summary? | text),
          text: (($data.content | note)
                 + (if $data.trimmed == true then "\n[cut by PagerDuty, all of it is in the note there]" else "" end)),
          audience: "internal"
        }]
      }
    else
      ($event.agent.type == "user_reference") as $byUser
      | {
          kind: $kind,
          firstSign: (if ($type | is_first_sign) or ($type == polled and $event.opens == true) then {
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
          mergedInto: ($data | survivor),
          scope: (($data.html_url | text | split("/")[2]) // ""),
          key: ($data.id | text),
          fusionKey: ($data.incident_key | text),
          title: ($data.title | text),
          description: "",
          priority: ($data.priority.summary | text),
          status: ($data.status | text),
          # A poll tells who opened it, and not who changed it.
          by: (if $type == polled then "" else ($event.agent.summary? | text) end),
          time: ($event.occurred_at | text)
        }
    end
end
