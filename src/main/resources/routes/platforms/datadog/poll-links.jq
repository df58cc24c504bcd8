# The texts of each record that was looked at, or null where they may not be read -> what a poll has found: records that do not show
# all their links.

. as $texts
| $step.next.read as $read
| {
    found: [range(0; $read | length)
            | . as $at
            | $read[$at] as $record
            | $texts[$at] as $shown
            | select($shown != null)
            | select([$record.links[] | . as $url | $shown | any(.[]; contains($url)) | not] | any)
            | {id: ($record.id + "/links/" + ($step.now.millis | tostring)),
               data: {schema: "fusion-links-1", part: $record.part, id: $record.id, at: $step.now.iso, links: $shown,
                      org: {id: $step.account}}}],
    memory: (($step.memory // {}) + ([$read[] | {key: .id, value: $step.now.millis}] | from_entries)),
    next: null
  }
