# Webhook body -> what the webhook endpoint adds to the envelope: the PagerDuty service, by whose id the service catalogue is
# asked, and `priority`. What is not there, or not as expected, is empty. Vector does the same in vector/transforms.

def text: if type == "string" then . elif type == "number" then tostring else "" end;
def value(place): [place?][0] | text;

{
  lookup: {pagerdutyservice: value(.event.data.service.id)},
  priority: value(.event.data.priority.summary)
}
