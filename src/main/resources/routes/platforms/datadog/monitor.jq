# Datadog monitor -> whether what it alerted about still stands, in the form of a platform reference: the group that the incident
# began with, where that is known and the monitor still has it, else the monitor as a whole.

def text: if . == null then "" else tostring end;

def group: [split(",")[] | sub("^\\s+"; "") | sub("\\s+$"; "") | select(. != "" and . != "*")] | sort | join(",");

def own:
  ($step.origin.seriesName | text) as $series
  | if $series | contains("@") then
      ($series | sub("^[^@]*@"; "")) as $group
      | [.state.groups // {} | to_entries[] | select((.key | group) == $group) | .value.status // empty] | first
    else null end;

{
  id: (.id | text),
  status: (own // .overall_state | text),
  priority: (if .priority == null or .priority == 0 then "" else "P" + (.priority | text) end),
  time: ""
}
