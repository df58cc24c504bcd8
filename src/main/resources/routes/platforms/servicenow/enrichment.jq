# Webhook body -> what the webhook endpoint adds to the envelope: `service`, by which the service catalogue is asked, and
# `priority`. What is not there, or not as expected, is empty. Vector does the same in vector/transforms.

def text: if type == "string" then . elif type == "number" then tostring else "" end;
def value(place): [place?][0] | text;

{
  service: ([value(.incident.business_service.display_value), value(.incident.cmdb_ci.display_value)]
            | map(select(. != ""))[0] // ""),
  priority: value(.incident.priority | if type == "object" then (.value // .display_value) else . end)
}
