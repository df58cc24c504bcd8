# What a poll is told -> which records of open incidents are looked at next for the links that they should show: a few in each round,
# and each once an hour.
# The comments or URLs of each record that was looked at, or null where they may not be read -> what a poll has found: records that do
# not show all their links; in a job the comments as well. A page looks at cases or at incidents; the others are left to the next one.

def due:
  (.memory // {}) as $seen
  | .now.millis as $now
  | [.standing[].records | to_entries[]
     | select((.value.links | length > 0) or ($step.singly and .key == "case"))
     | {part: .key, id: .value.id, number: .value.number, links: .value.links}] as $all
  | ([$all[] | select(($seen[.id] // 0) + 3600000 <= $now)][0:5]) as $due
  | {
      found: [],
      memory: ([$all[].id | select($seen[.] != null) | {key: ., value: $seen[.]}] | from_entries),
      next: (if ($due | length) > 0 then {read: $due} else null end)
    };

def texts: if . == null then null else map(if type == "object" then .text else . end) end;

def lost:
  . as $answers
  | $step.next.read[0].part as $part
  | [$step.next.read[] | select(.part == $part)] as $read
  | [$step.next.read[] | select(.part != $part)] as $others
  | {
      found: [range(0; $read | length)
              | . as $at
              | $read[$at] as $record
              | ($answers[$at] | texts) as $shown
              | select($shown != null)
              | select([$record.links[] | . as $url | $shown | any(.[]; contains($url)) | not] | any)
              | {id: ($record.id + "/links/" + ($step.now.millis | tostring)),
                 data: {schema: "fusion-links-1", part: $record.part, id: $record.id, at: $step.now.iso, links: $shown,
                        org: {id: $step.account}}}]
             + (if $part == "case" and $step.singly then
                  [range(0; $read | length)
                   | . as $at
                   | $read[$at].id as $id
                   | $answers[$at]
                   | select(. != null and length > 0)
                   | {id: ($id + "/comments/" + (length | tostring) + "/" + last.id),
                      data: {schema: "fusion-comments-1", part: "case", id: $id, comments: ., org: {id: $step.account}}}]
                else [] end),
      memory: (($step.memory // {}) + ([$read[] | {key: .id, value: $step.now.millis}] | from_entries)),
      next: (if ($others | length) > 0 then {read: $others} else null end)
    };

if type == "array" then lost else due end
