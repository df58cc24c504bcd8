# List of incidents -> the reference of the one that carries our key, an open one first; without an id where there is none.


def text: if . == null then "" else tostring end;

def reference:
  {
    id: (.id | text),
    number: ("#" + (.incident_number | text)),
    url: (.html_url | text),
    key: (.incident_key | text),
    status: ({"triggered": "open", "acknowledged": "acknowledged", "resolved": "resolved"}[.status | text] // ""),
    priority: (.priority.summary | text | ascii_upcase),
    time: (.updated_at // .last_status_change_at // .created_at | text)
  };

[.incidents[]? | reference | select(.key == $step.key)] | (map(select(.status != "resolved")) + .)[0] // {}
