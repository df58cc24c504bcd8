# Entries of the journal -> what a poll has found: what was written on each record. Of an instance that hides its journal there is
# none.

def text: if . == null then "" elif type == "object" then (.value // "" | tostring) else tostring end;

if type != "array" then error("no list of journal entries")
else
  (map(.sys_created_on | text) | last) as $last
  | ($step.next.from // 0) as $from
  | ($step.records | length) as $records
  | {
      found: [group_by(.element_id | text)[]
              | {id: ("journal/" + (last.sys_id | text) + "/" + (length | tostring)),
                 data: {schema: "fusion-comments-1", id: (.[0].element_id | text), instance: $step.account,
                        entries: [.[] | {id: (.sys_id | text), element: (.element | text), value: (.value | text),
                                         at: (.sys_created_on | text), by: (.sys_created_by | text)}]}}],
      latest: $last,
      next: (if length >= 100 then
               {from: $from, date: $last[0:10], time: $last[11:19],
                offset: (if (.[0].sys_created_on | text) == $last then ($step.next.offset // 0) + 100 else 0 end)}
             elif $records > $from + 100 then {from: ($from + 100)}
             else null end)
    }
end
