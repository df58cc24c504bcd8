# What a poll is told -> which records of open incidents are looked at now for the links that they should show: a few in each round,
# and each once an hour. The links are in custom fields, or in notes.

(.memory // {}) as $seen
| .now.millis as $now
| [.standing[].records | to_entries[]
   | select(.value.links | length > 0)
   | {part: .key, id: .value.id, url: .value.url, links: .value.links}] as $all
| ([$all[] | select(($seen[.id] // 0) + 3600000 <= $now)][0:5]) as $due
| {
    found: [],
    memory: ([$all[].id | select($seen[.] != null) | {key: ., value: $seen[.]}] | from_entries),
    next: (if ($due | length) > 0 then {read: [$due[] | . + {what: "custom_fields/values"}, . + {what: "notes"}]} else null end)
  }
