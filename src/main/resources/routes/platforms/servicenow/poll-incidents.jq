# ServiceNow incidents that have changed -> what a poll has found, each as the business rule would have told it.

def text: if . == null then "" elif type == "object" then (.value // "" | tostring) else tostring end;
def iso: text | sub(" "; "T") | if . == "" then "" else . + "Z" end;

# What began before polling did may have been of an opened priority all the time: its webhook opens it, the poll does not.
def is_old: (.sys_created_on | text) < ($step.begun.date + " " + $step.begun.time);

# The columns with the links that were written before this was asked; an access rule that hides one of them hides all.
def links:
  [$step.records[.sys_id | text] | .links // {} | keys[] | "u_" + . + "_incident_url"] as $columns
  | . as $record
  | if ($columns | length) > 0 and all($columns[]; . as $column | $record | has($column))
    then {links: [$columns[] | . as $column | $record[$column] | text]} else {} end;

def body:
  {
    schema: "servicenow-incident-1",
    event_id: ((.sys_id | text) + "/" + (.sys_mod_count | text)),
    event_type: (if (.sys_mod_count | text) == "0" and (is_old | not) then "incident.created" else "incident.updated" end),
    occurred_at: (.sys_updated_on | iso),
    instance: $step.account,
    updated_by: (.sys_updated_by | text),
    changed: [],
    incident: (
      with_entries(select(.key == "caller_id" or .key == "assignment_group" or .key == "business_service" or .key == "cmdb_ci"))
      + (with_entries(.value |= text) | del(.caller_id, .assignment_group, .business_service, .cmdb_ci))
      + {previous_state: "", previous_priority: (if is_old then (.priority | text) else "" end)}
    ),
    journal: []
  } + links;

if type != "array" then error("no list of incidents")
elif ($step.account // "") == "" then error("which instance is called is not known, its API does not tell it: set fusion.servicenow.instance to that one only")
else
  (map(.sys_updated_on | text) | last) as $last
  | {
      found: [.[] | select((.sys_id | text) != "") | {id: ((.sys_id | text) + "/" + (.sys_mod_count | text)), data: body}],
      latest: $last,
      # A full page is followed by another one from its last second on; what is met again there is not fed in again. Where all of it
      # changed in one second, as when somebody changes many at once, those of that second are counted.
      next: (if length < 100 then null
             else {date: $last[0:10], time: $last[11:19],
                   offset: (if (.[0].sys_updated_on | text) == $last then ($step.next.offset // 0) + 100 else 0 end)} end)
    }
end
