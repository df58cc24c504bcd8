# PagerDuty incidents -> what a poll has found, each in the form of a webhook whose event only a poll tells. What stands still has
# the same id each time, and is not fed in again. An urgency that somebody has changed is told as a comment: no other platform has one.
# And which are read next: those that are over, are looked at now, and were not in the list. In: a page of a list, or single answers.

def text: if . == null then "" else tostring end;

# What began before polling did may have had an opened priority all the time: its webhook opens it, the poll does not.
def is_old: (.created_at | text)[0:19] < $step.begun.iso[0:19];

def told_at: (.updated_at // .last_status_change_at // .created_at | text);

def body:
  {event: {
    id: ("poll-" + (.id | text)),
    event_type: "incident.polled",
    resource_type: "incident",
    occurred_at: told_at,
    # Who triggered it: the list holds the whole first entry of its log.
    agent: .first_trigger_log_entry.agent,
    opens: (is_old or .status == "resolved" | not),
    data: {
      id: .id,
      type: "incident",
      html_url: .html_url,
      number: .incident_number,
      status: .status,
      incident_key: .incident_key,
      created_at: .created_at,
      title: .title,
      service: .service,
      priority: .priority,
      urgency: .urgency
    }
  }};

# Somebody has changed the urgency: the hub, too, sets it, as the priority has it.
def urgency($seen):
  (.priority.summary | text) as $word
  | ($lists.priorities.means[$word] // $word) as $priority
  | (if $priority == "P1" or $priority == "P2" then "high" else "low" end) as $usual
  | select($priority != "" and .urgency != $usual and $seen[.id] != null and $seen[.id] != .urgency)
  | {id: (.id + "/urgency/" + .urgency + "/" + told_at),
     data: {schema: "fusion-comments-1", id: .id, url: .html_url,
            notes: [{id: ("urgency/" + told_at), created_at: told_at, content: ("The urgency is " + .urgency + " now.")}]}};

def polled: {id: ((.id | text) + "/" + told_at + "/" + (.status | text) + "/" + (.priority.summary | text) + "/" + (.urgency | text)),
             data: body};

if type == "array" then
  {
    found: [.[].incident // empty | select(told_at[0:19] >= $step.begun.iso[0:19]) | polled],
    memory: $step.memory,
    next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:]} else null end)
  }
elif (.incidents | type) != "array" then error("no list of incidents")
else
  . as $page
  | (.offset + .limit) as $read
  | ([.incidents[] | select(.status == "resolved") | .resolved_at // .updated_at | text] | map(select(. != ""))) as $ends
  | ($step.memory // {}) as $seen
  | [.incidents[] | select($step.records[.id | text] != null)] as $ours
  | {
      memory: ((if $step.next == null then $seen | with_entries(select($step.records[.key] != null)) else $seen end)
               + ($ours | map({key: .id, value: .urgency}) | from_entries)),
      found: ([.incidents[]
              | select((told_at[0:19] >= $step.since.iso[0:19]) or (.status != "resolved" and told_at[0:19] >= $step.begun.iso[0:19]))
              | polled] + [$ours[] | urgency($seen)]),
      # Of the resolved ones the newest come first: the list is read until it is known.
      latest: ($ends | max),
      next: (if ($page.more | not) or $read >= 10000
                or ($ends | length) > 0 and (($ends | min)[0:19] < $step.since.iso[0:19]) then
               ([$ours[].id | {key: ., value: true}] | from_entries) as $listed
               | ([($step.ended // [])[].records.incident // empty | .id | select($listed[.] | not)] | unique) as $over
               | if ($over | length) > 0 then {read: $over} else null end
             else {offset: $read} end)
    }
end
