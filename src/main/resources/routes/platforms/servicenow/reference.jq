# ServiceNow incident record, or list of records -> platform reference, or references.
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

if type == "array" then [.[] | reference] else reference end
