# What a poll is told -> which records are looked at for notes: those of incidents that are open or have ended, twenty in a round, the
# one first that was not looked at for longest; and all that were never looked at and are over, since the next round may not be told of them.
# The notes of each record that was looked at, or null where they may not be read -> what a poll has found.

def due:
  (.memory // {}) as $seen
  | [(.standing + .ended)[].records.incident // empty | {id, url}] as $all
  | [.ended[].records.incident // empty | {id, url} | select($seen[.id] == null)] as $over
  | ($all | map(select($seen[.id] != null or (.id as $id | any($over[]; .id == $id) | not))) | sort_by($seen[.id] // 0)) as $others
  | {
      found: [],
      memory: ([$all[].id | select($seen[.] != null) | {key: ., value: $seen[.]}] | from_entries),
      next: (if ($all | length) > 0 then {read: ($over + $others[0:([20 - ($over | length), 0] | max)])} else null end)
    };

def written:
  . as $notes
  | $step.next.read[0:20] as $read
  | {
      found: [range(0; $read | length)
              | . as $at
              | $read[$at] as $record
              | $notes[$at]
              | select(. != null and length > 0)
              | {id: ($record.id + "/notes/" + (map(.id) | join(","))),
                 data: {schema: "fusion-comments-1", id: $record.id, url: $record.url, notes: .}}],
      memory: (($step.memory // {}) + ([$read[] | {key: .id, value: $step.now.millis}] | from_entries)),
      next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:]} else null end)
    };

if type == "array" then written else due end
