# Webhook body -> what the webhook endpoint adds to the envelope: `service`, by which the service catalogue is asked, and
# `priority`, in Datadog's words. What is not there, or not as expected, is empty. Vector does the same in vector/transforms.

def text: if type == "string" then . elif type == "number" then tostring else "" end;
def value(place): [place?][0] | text;

# "a:b, service:checkout": with or without a blank after the comma.
def service_tag: [split(",")[] | ltrimstr(" ") | rtrimstr(" ") | select(startswith("service:")) | .[8:] | select(. != "")][0];

# A field of several values is a list, or holds one.
def first: if type == "object" then .value else . end | if type == "array" then .[0] else . end;

if .schema == "datadog-monitor-1" then
  {service: value(.tags | service_tag), part: "monitor", priority: value(.alert_priority)}
elif .schema == "datadog-incident-1" then
  {service: value(.incident.fields.services | first), priority: value(.incident.severity)}
else {} end
