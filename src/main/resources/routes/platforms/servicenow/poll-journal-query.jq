# What a poll is told -> the query for what was written on the records of incidents that are open or have just ended, a hundred at a time.

(if .next.date then .next else .since end) as $at
| (.records | keys) as $ids
| (.next.from // 0) as $from
| "sys_created_on>=javascript:gs.dateGenerate('" + $at.date + "','" + $at.time + "')^name=incident^elementINwork_notes,comments^element_idIN"
  + ($ids[($from):($from + 100)] | join(",")) + "^ORDERBYsys_created_on^ORDERBYsys_id"
