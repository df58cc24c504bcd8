# What a poll is told -> the query for the incidents that have changed: those with our mark, those of an opened priority, and those
# that hold somebody else's key and belong to an incident that stands. Times in queries are read in the zone of the session, those
# of dateGenerate in UTC.

def since: (.next // .since) | "sys_updated_on>=javascript:gs.dateGenerate('" + .date + "','" + .time + "')";

def foreign: [.standing[].records.incident // empty | select(.ours | not) | .id][0:100];

. as $poll
| [
    since + "^correlation_display=fusion-hub",
    since + "^priorityIN" + ([.priorities[] | ltrimstr("P")] | join(",")),
    (if ($poll | foreign | length) > 0 then since + "^sys_idIN" + ($poll | foreign | join(",")) else empty end)
  ]
| join("^NQ") + "^ORDERBYsys_updated_on^ORDERBYsys_id"
