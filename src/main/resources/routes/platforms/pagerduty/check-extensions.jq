# The extensions of the default service -> whether one of them opens a ServiceNow incident beside that of the hub.
if (.extensions | type) != "array" then error("no list of extensions")
else
  [.extensions[] | select((.extension_schema.summary // "") + " " + (.summary // "") | ascii_downcase | test("service *-?now"))] as $found
  | [$found[] | select(.config.sync_options != "manual_sync")] as $automatic
  | if ($automatic | length) > 0 then
      [{level: "error", text: ("the extension " + ($automatic[0].name // $automatic[0].id) + " opens a ServiceNow incident for each page, beside that of the hub"),
        remedy: "remove it from the service of fusion.pagerduty.service-id, or let it synchronise by hand only"}]
    elif ($found | length) > 0 then
      [{level: "warning", text: ("somebody may open a second ServiceNow incident by the extension " + ($found[0].name // $found[0].id)),
        remedy: "remove it from the service of fusion.pagerduty.service-id"}]
    else [{level: "ok", text: "no extension of the default service opens ServiceNow incidents"}] end
end
