# Datadog monitor -> whether what it alerted about still stands, in the form of a platform reference.

def text: if . == null then "" else tostring end;

{
  id: (.id | text),
  status: (if .overall_state == "OK" then "resolved" else "active" end),
  priority: (if .priority == null or .priority == 0 then "" else "P" + (.priority | text) end),
  time: ""
}
