# What a poll is told -> the query for the incidents that have changed: those with our mark, those of an opened priority, and those
# that hold somebody else's key and belong to an incident that stands, or that is over and looked at now. Times in queries are read in the
# zone of the session, those of dateGenerate in UTC.

def since: (.next // .since) | "sys_updated_on>=javascript:gs.dateGenerate('" + .date + "','" + .time + "')";

def foreign($incidents): [$incidents[].records.incident // empty | select(.ours | not) | .id][0:100];
def among($ids): select(($ids | length) > 0) | "sys_idIN" + ($ids | join(","));

. as $poll
| [
    since + "^correlation_display=fusion-hub",
    since + "^priorityIN" + ([.priorities[] | ltrimstr("P")] | join(",")),
    (since + "^" + among(foreign($poll.standing))),
    # At any time, but for the pages after the first one, which go on where that has ended.
    ((if .next then since + "^" else "" end) + among(foreign($poll.ended // [])))
  ]
| join("^NQ") + "^ORDERBYsys_updated_on^ORDERBYsys_id"
