# ServiceNow incident record with display values -> platform reference, and whether the service's group owns it. ServiceNow
# takes an id that no group has; then it has no name for it.
# The setting url holds the instance's base URL: the API returns no link for people.

def text: if . == null then "" elif type == "object" then (.value // "") else tostring end;

def reference:
  {
    id: (.sys_id | text),
    number: (.number | text),
    url: ($settings.url + "/incident.do?sys_id=" + (.sys_id | text)),
    key: (.correlation_id | text),
    status: (.state | text),
    priority: (.priority | text),
    time: (.sys_updated_on | text),
    version: (.sys_mod_count | text | (tonumber? // -1))
  };

($step.target.assignmentGroup // "") as $group
| (.assignment_group | if type == "object" and .display_value != .value then .display_value // "" else "" end) as $owner
| reference
+ (if $group != ($step.target.defaultAssignmentGroup // "") and $owner == "" then {unowned: true, group: $group} else {} end)
