# What a poll is told -> the query for what was written on the records of open incidents.

(.next // .since) as $at
| "sys_created_on>=javascript:gs.dateGenerate('" + $at.date + "','" + $at.time + "')^name=incident^elementINwork_notes,comments^element_idIN"
  + ([.standing[].records.incident // empty | .id][0:100] | join(",")) + "^ORDERBYsys_created_on"
