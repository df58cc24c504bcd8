# The comments of each case that was read, or null where they may not be read -> what a poll has found.

. as $comments
| $step.next.timelines[0:10] as $read
| {
    found: [range(0; $read | length)
            | . as $at
            | $read[$at] as $case
            | select($comments[$at] != null)
            | {id: ($case.id + "/comments/" + ($case.count | tostring)),
               data: {schema: "fusion-comments-1", part: "case", id: $case.id, comments: $comments[$at], org: {id: $step.account}}}],
    memory: (($step.memory // {}) + ([$read[] | {key: .id, value: .count}] | from_entries)),
    next: (if ($step.next.timelines | length) > 10 then {timelines: $step.next.timelines[10:]} else null end)
  }
