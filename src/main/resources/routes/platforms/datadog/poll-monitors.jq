# Groups of monitors that alert -> which monitors behind open incidents are not among them, and are read next.

if (.groups | type) != "array" then error("no list of groups")
else
  (($step.next.alerting // []) + [.groups[].monitor_id | tostring] | unique) as $alerting
  | (.metadata.page // 0) as $page
  | [$step.standing[].origin // empty | select(.source == "datadog.monitor") | .subject] as $wanted
  | ([$wanted[] | select(. as $id | $alerting | index($id) | not)] | unique) as $read
  | {
      found: [],
      next: (if $page + 1 < (.metadata.page_count // 0) then {page: ($page + 1), alerting: $alerting}
             elif ($read | length) > 0 then {read: $read}
             else null end)
    }
end
