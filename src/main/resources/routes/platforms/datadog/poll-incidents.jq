# Datadog incidents -> what a poll has found, each in the form of the webhook for incidents; and which of ours are read next, since they are
# not among those that stand: of incidents that are open or have just ended. In: a page of a search, or a list of single answers.

def text: if . == null then "" else tostring end;
def value: if type == "object" then .value else . end;

# What was declared before polling began may have had an opened severity all the time: its webhook opens it, the poll does not.
def is_old: (.attributes.created | text)[0:19] < $step.begun.iso[0:19];

def body:
  {
    schema: "datadog-incident-1",
    incident: {
      uuid: (.id | text),
      public_id: (.attributes.public_id | text),
      title: (.attributes.title | text),
      severity: (.attributes.severity // .attributes.fields.severity.value | text),
      status: (.attributes.state // .attributes.fields.state.value | text),
      url: ($settings["app-url"] + "/incidents/" + (.attributes.public_id | text)),
      fields: (.attributes.fields // {} | with_entries(.value |= value))
    },
    previous_severity: (if is_old then (.attributes.severity // .attributes.fields.severity.value | text) else "" end),
    date: (.attributes.modified // .attributes.created | text),
    org: {id: $step.account}
  };

def found: [.[] | select((.attributes.modified // .attributes.created | text)[0:19] >= $step.begun.iso[0:19])
            | {id: ((.id | text) + "/" + (.attributes.modified // .attributes.created | text)), data: body}];

if type == "array" then
  {
    found: ([.[].data // empty] | found),
    next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:]} else null end)
  }
elif (.data.attributes.incidents | type) != "array" then error("no list of incidents")
else
  [.data.attributes.incidents[].data] as $page
  | (($step.next.met // []) + [$page[].id | text | select($step.records[.] != null)]) as $met
  | {
      found: ($page | found),
      next: (if ($page | length) >= 100 then {offset: (($step.next.offset // 0) + 100), met: $met}
             else
               ($met | map({key: ., value: true}) | from_entries) as $seen
               | ([($step.ended + $step.standing)[].records.incident // empty | .id | select($seen[.] | not)] | unique) as $read
               | if ($read | length) > 0 then {read: $read} else null end
             end)
    }
end
