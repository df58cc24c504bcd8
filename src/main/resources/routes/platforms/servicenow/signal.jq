# ServiceNow business-rule body (schema servicenow-incident-1, raw values) -> signal.
# The setting url holds the instance's base URL: the body has no link.

# A field may be an object with value and display value, as the Table API has them.
def text: if . == null then "" elif type == "object" then (.value // .display_value // "" | tostring) else tostring end;

# Who writes [code] into a journal has HTML rendered there; elsewhere it would be read as it is written.
def entities: gsub("&nbsp;"; " ") | gsub("&lt;"; "<") | gsub("&gt;"; ">") | gsub("&quot;"; "\"") | gsub("&#0?39;"; "\u0027") | gsub("&amp;"; "&");
def html:
  gsub("<a\\s[^>]*href=\"(?<url>[^\"]*)\"[^>]*>(?<name>[^<]*)</a>"; .name + " (" + .url + ")"; "i")
  | gsub("<(br|/p|/div|/li|/tr)\\s*/?>"; "\n"; "i")
  | gsub("<[^>]*>"; "")
  | entities;
def plain:
  [splits("\\[code\\]"; "i")]
  | .[0] + ([.[1:][] | [splits("\\[/code\\]"; "i")] | (.[0] | html) + (.[1:] | join(""))] | join(""));

# What the other platforms have no word for, told when it begins: why a ticket waits, why it ended. Polls do not tell what was before.
# What the hub itself wrote when it resolved holds our key.
def hold_reasons: {"1": "Awaiting Caller", "3": "Awaiting Problem", "4": "Awaiting Vendor", "5": "Awaiting Change"};
# What is no word there, however deep, is none.
def word: if type == "object" then (.value // .display_value) else . end | if type == "string" or type == "number" then tostring else "" end;
def state: word | {"On Hold": "3", Resolved: "6", Closed: "7", Canceled: "8", Cancelled: "8"}[.] // .;
def remark:
  (.state | state) as $now
  | (.previous_state | state) as $before
  | if $before == "" or $before == $now then empty
    elif $now == "3" then ["On Hold", (.hold_reason | word | select(. != "") | hold_reasons[.] // .)] | join(": ")
    elif $now == "8" then "Canceled"
    elif $now == "6" or ($now == "7" and $before != "6") then
      (.close_notes | word) as $notes
      | if $notes == "" or ($notes | test("^Resolved by [a-z0-9-]+, fx-[0-9a-f]{32}(\\.[0-9]+)?$")) then empty
        else ["Resolved", (.close_code | word | select(. != "") | "(" + . + ")")] | join(" ") + ": " + $notes end
    else empty end;

def script: "bin/fusion setup-webhooks --platform servicenow prints the script that sends what the hub reads";

if .schema == "fusion-comments-1" then
  # What a poll tells of the journal.
  ($settings.journals // "work_notes,comments" | split(",") | map(gsub("\\s"; ""))) as $told
  | {
      kind: "commented",
      record: {part: "incident", id: .id, number: "", url: "", keyTaken: false},
      account: .instance,
      comments: [.entries[]
                 | select(.element as $element | any($told[]; . == $element))
                 | {id: .id, at: .at, author: .by, text: (.value | plain),
                    audience: (if .element == "comments" then "public" else "internal" end)}]
    }
elif .schema != "servicenow-incident-1" then
  {kind: "unknown",
   reason: ("schema '" + (.schema | text)[0:80] + "' is not servicenow-incident-1; its members are "
            + (keys | join(", "))[0:120]),
   remedy: script}
elif .event_type == "incident.deleted" then
  # Known and not needed: deletions are not followed.
  {kind: "noise", reason: "event type that is not needed"}
elif ([.event_type] | inside(["incident.created", "incident.updated"]) | not) then
  {kind: "unknown",
   reason: ("event type '" + (.event_type | text)[0:80] + "' is none of incident.created, incident.updated, incident.deleted"),
   remedy: script,
   record: (if (.incident.sys_id? | text) == "" then null
            else {part: "incident", id: (.incident.sys_id | text), number: "", url: ""} end),
   priority: (.incident.priority? | text)}
elif (.incident.sys_id | text) == "" then
  {kind: "unknown", reason: "an event without sys_id", priority: (.incident.priority? | text), remedy: script}
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
      # Any update may be one that raises or reopens it: the rule of first signs compares the priorities.
      firstSign: (if $ours then null
              else {
                source: "servicenow",
                sign: $event.event_type,
                previousPriority: (if $created then "" else $previous end),
                subject: (.sys_id | text)
              } end),
      record: {
        part: "incident",
        id: (.sys_id | text),
        number: (.number | text),
        url: ($settings.url + "/incident.do?sys_id=" + (.sys_id | text)),
        keyTaken: (($ours | not) and ((.correlation_id | text) != "" or (.correlation_display | text) != ""))
      },
      scope: ($event.instance | text),
      key: (.sys_id | text),
      fusionKey: (if $ours then (.correlation_id | text) else (.u_fusion_id | text) end),
      title: (.short_description | text),
      description: (.description | text),
      # A script that has lost this member is not one without a priority: it is told as a word that no table has.
      priority: (if has("priority") then (.priority | text) else "no member priority" end),
      status: (.state | text),
      previousStatus: (if $created then "" else .previous_state | text end),
      by: ($event.updated_by | text),
      time: ($event.occurred_at | text),
      version: (.sys_mod_count | text | (tonumber? // -1)),
      # Only a poll tells of them.
      links: $event.links,
      # The journal's entries have ids of their own, which a business rule does not know.
      comments: [
        (remark | {id: ("state/" + ($event.occurred_at | text)), at: ($event.occurred_at | text),
                   author: ($event.updated_by | text), text: ., audience: "internal"}),
        (($settings.journals // "work_notes,comments" | split(",") | map(gsub("\\s"; ""))) as $told
        | ($event.journal // [])[]
        | select((.element | text) as $element | any($told[]; . == $element))
        | {
            id: "",
            at: ($event.occurred_at | text),
            author: (.created_by | text),
            text: (.value | text | plain),
            audience: (if .element == "comments" then "public" else "internal" end)
          })
      ]
    }
end
