# Webhook body -> what the webhook endpoint adds to the envelope: `service` as the body names it, or `pagerdutyService`, by
# which the service catalogue is asked, and the body's own `priority`. Nobody knows yet whether the body is one of those
# that are followed: what is not there, or not as expected, is empty. Vector does the same in vector/transforms.

def text: if type == "string" then . elif type == "number" then tostring else "" end;
def value(place): [place?][0] | text;

# "a:b, service:checkout": with or without a blank after the comma.
def service_tag: [split(",")[] | ltrimstr(" ") | rtrimstr(" ") | select(startswith("service:")) | .[8:] | select(. != "")][0];

# A field of several values is a list, or holds one.
def first: if type == "object" then .value else . end | if type == "array" then .[0] else . end;

def severity: {"SEV-0": "P1", "SEV-1": "P1", "SEV-2": "P2", "SEV-3": "P3", "SEV-4": "P4", "SEV-5": "P5"}[.] // "";

(if property("source") == "datadog" and .schema == "datadog-monitor-1" then
   {service: value(.tags | service_tag), priority: value(.alert_priority)}
 elif property("source") == "datadog" and .schema == "datadog-incident-1" then
   {service: value(.incident.fields.services | first), priority: (value(.incident.severity) | severity)}
 elif property("source") == "servicenow" then
   {
     service: ([value(.incident.business_service.display_value), value(.incident.cmdb_ci.display_value)]
               | map(select(. != ""))[0] // ""),
     priority: ("P" + value(.incident.priority))
   }
 elif property("source") == "pagerduty" then
   {pagerdutyService: value(.event.data.service.id), priority: (value(.event.data.priority.summary) | ascii_upcase)}
 else {} end)
| (.priority // "") as $priority
| if (["P1", "P2", "P3", "P4", "P5"] | index($priority)) != null then . else .priority = "" end
