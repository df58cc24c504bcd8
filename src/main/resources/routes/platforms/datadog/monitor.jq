# Datadog monitor -> whether what it alerted about still stands, in the form of a platform reference.

def text: if . == null then "" else tostring end;

{
  id: (.id | text),
  status: (.overall_state | text),
  priority: (if .priority == null or .priority == 0 then "" else "P" + (.priority | text) end),
  time: ""
}
