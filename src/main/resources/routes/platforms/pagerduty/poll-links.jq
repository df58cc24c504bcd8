# What a poll is told -> which records of open incidents are looked at next for the links that they should show: a few in each round,
# and each once an hour.
# The texts of the custom fields, and the notes, of each record that was looked at, or null where its notes may not be read -> what a
# poll has found: records that do not show all their links; in a job the notes as well.

def due:
  (.memory // {}) as $seen
  | .now.millis as $now
  | [.standing[].records | to_entries[]
     | select((.value.links | length > 0) or $step.singly)
     | {part: .key, id: .value.id, url: .value.url, links: .value.links}] as $all
  | ([$all[] | select(($seen[.id] // 0) + 3600000 <= $now)][0:5]) as $due
  | {
      found: [],
      memory: ([$all[].id | select($seen[.] != null) | {key: ., value: $seen[.]}] | from_entries),
      next: (if ($due | length) > 0 then {read: $due} else null end)
    };

def lost:
  . as $answers
  | $step.next.read as $read
  | {
      found: [range(0; $read | length)
              | . as $at
              | $read[$at] as $record
              | select($answers[$at] != null)
              | ($answers[$at] | .fields + [.notes[].content // ""]) as $shown
              | select([$record.links[] | . as $url | $shown | any(.[]; contains($url)) | not] | any)
              | {id: ($record.id + "/links/" + ($step.now.millis | tostring)),
                 data: {schema: "fusion-links-1", part: $record.part, id: $record.id, at: $step.now.iso, links: $shown, url: $record.url}}]
             + (if $step.singly then
                  [range(0; $read | length)
                   | . as $at
                   | $read[$at] as $record
                   | $answers[$at].notes // [] | select(length > 0)
                   | {id: ($record.id + "/notes/" + (map(.id) | join(","))),
                      data: {schema: "fusion-comments-1", id: $record.id, url: $record.url, notes: .}}]
                else [] end),
      memory: (($step.memory // {}) + ([$read[] | {key: .id, value: $step.now.millis}] | from_entries)),
      next: null
    };

if type == "array" then lost else due end
