# Ticket, or list of tickets -> platform reference, or references.

def reference:
  {
    id: .id,
    number: ("OD-" + .id),
    url: ($settings.url + "/tickets/" + .id),
    key: (.externalKey // ""),
    status: .state,
    priority: .level,
    time: .changed,
    version: .revision
  };

if .tickets != null then [.tickets[] | reference] else reference end
