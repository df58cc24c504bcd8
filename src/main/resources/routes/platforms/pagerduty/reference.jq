# PagerDuty incident, or list of incidents -> platform reference, or references.

def text: if . == null then "" else tostring end;

def reference:
  {
    id: (.id | text),
    number: ("#" + (.incident_number | text)),
    url: (.html_url | text),
    key: (.incident_key | text),
    title: (.title | text),
    status: (.status | text),
    priority: (.priority.summary | text),
    time: (.updated_at // .last_status_change_at // .created_at | text)
  };

if .incidents != null then [.incidents[] | reference] else .incident | reference end
