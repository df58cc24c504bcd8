# ServiceNow incident record, or list of records -> platform reference, or references. A record with display values tells
# besides whether the group of the service owns it: ServiceNow takes an id that no group has, and then has no name for it.
# The setting url holds the instance's base URL: the API returns no link for people.

def text: if . == null then "" elif type == "object" then (.value // "") else tostring end;

def owner: .assignment_group | if .display_value != .value then .display_value // "" else "" end;

def unowned:
  ($step.target.assignmentGroup // "") as $group
  | (.assignment_group | type) == "object" and $group != ($step.target.defaultAssignmentGroup // "") and owner == "";

def reference:
  {
    id: (.sys_id | text),
    number: (.number | text),
    url: ($settings.url + "/incident.do?sys_id=" + (.sys_id | text)),
    key: (.correlation_id | text),
    title: (.short_description | text),
    status: (.state | text),
    priority: (.priority | text),
    time: (.sys_updated_on | text),
    version: (.sys_mod_count | text | (tonumber? // -1))
  } + (if unowned then {unowned: true, group: $step.target.assignmentGroup} else {} end);

if type == "array" then [.[] | reference] else reference end
