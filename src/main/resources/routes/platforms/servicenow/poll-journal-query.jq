# What a poll is told -> the query for what was written on the records of incidents: since the last round on those that are open, and at any
# time on those that are over, which it looks at now and then. A hundred records at a time; a page that goes on has a time of its own.

def written($ids; $since):
  select(($ids | length) > 0)
  | (if $since == null then ""
     else "sys_created_on>=javascript:gs.dateGenerate('" + $since.date + "','" + $since.time + "')^" end)
    + "name=incident^elementINwork_notes,comments^element_idIN" + ($ids | join(","));

([(.ended // [])[].records[].id | {key: ., value: true}] | from_entries) as $over
| (.next.from // 0) as $from
| (.records | keys | .[($from):($from + 100)]) as $ids
| (if .next.date then .next else null end) as $at
| [
    written([$ids[] | select($over[.] | not)]; $at // .since),
    written([$ids[] | select($over[.])]; $at)
  ]
| join("^NQ") + "^ORDERBYsys_created_on^ORDERBYsys_id"
