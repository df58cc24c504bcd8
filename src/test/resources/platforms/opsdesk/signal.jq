# Webhook body -> signal.

.ticket as $ticket
| if $ticket == null then {kind: "unknown", reason: "a body without a ticket"}
  else
    {
      kind: (if .event == "opened" then "triggered" else "updated" end),
      firstSign: (if .event == "opened" and ($ticket.externalKey // "" | startswith("fx-") | not)
              then {source: "opsdesk", sign: "opened", previousPriority: "", subject: $ticket.id} else null end),
      record: {
        part: "ticket",
        id: $ticket.id,
        number: ("OD-" + $ticket.id),
        url: ($settings.url + "/tickets/" + $ticket.id),
        keyTaken: ($ticket.externalKey // "" | . != "" and (startswith("fx-") | not))
      },
      scope: .desk,
      key: $ticket.id,
      fusionKey: ($ticket.externalKey // ""),
      title: $ticket.title,
      description: "",
      priority: $ticket.level,
      status: $ticket.state,
      time: $ticket.changed,
      version: $ticket.revision
    }
  end
