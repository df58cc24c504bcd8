# The texts of the custom fields and of the notes of each record that was looked at, or null where they may not be read -> what a poll
# has found: records that do not show all their links. An account without custom fields has notes only; who may not read notes
# knows nothing.

. as $texts
| $step.next.read as $read
| {
    found: [range(0; $read | length)
            | select(. % 2 == 0)
            | . as $at
            | $read[$at] as $record
            | select($texts[$at + 1] != null)
            | (($texts[$at] // []) + $texts[$at + 1]) as $shown
            | select([$record.links[] | . as $url | $shown | any(.[]; contains($url)) | not] | any)
            | {id: ($record.id + "/links/" + ($step.now.millis | tostring)),
               data: {schema: "fusion-links-1", part: $record.part, id: $record.id, at: $step.now.iso, links: $shown, url: $record.url}}],
    memory: (($step.memory // {}) + ([$read[] | {key: .id, value: $step.now.millis}] | from_entries)),
    next: null
  }
