# Monitors -> whether those of P1 and P2 notify the hub, and nothing else that opens a record of its own.
def named: [.[0:3][].name] | join(", ");
def words: if length == 1 then "a monitor" else (length | tostring) + " monitors" end + " of P1 or P2: " + named
  + (if length > 3 then ", ..." else "" end);

if type != "array" then error("no list of monitors")
else
  [.[] | select(.priority == 1 or .priority == 2)] as $urgent
  | [$urgent[] | select((.message // "") | test("(^|[^A-Za-z0-9._-])@(pagerduty|servicenow|case-|incident-)"))] as $natives
  | [$urgent[] | select((.message // "") | contains("@webhook-fusion-monitor") | not)] as $silent
  | (if ($natives | length) > 0 then
       [{level: "error", text: ("a page, ticket, case or incident beside that of the hub is opened by " + ($natives | words)),
         remedy: "take @pagerduty, @servicenow, @case- and @incident- out of their messages"}] else [] end)
    + (if ($silent | length) > 0 then
       [{level: "warning", text: ("the hub hears by polls only of " + ($silent | words)),
         remedy: "name @webhook-fusion-monitor in their messages, unless this hub's webhook has another name"}] else [] end)
    + (if ($natives | length) == 0 and ($silent | length) == 0 then
       [{level: "ok", text: ("monitors of P1 or P2: " + ($urgent | length | tostring))}] else [] end)
    + (if length >= 1000 then
       [{level: "ok", text: "only the first 1,000 monitors were looked at"}] else [] end)
end
