# The default service -> whether something else than the hub opens incidents there.
if (.service | type) != "object" then error("no service")
else
  [.service.integrations[]? | .summary // .name // .id] as $names
  | [$names[] | select(ascii_downcase | test("datadog|service *-?now"))] as $natives
  | if ($natives | length) > 0 then
      [{level: "warning", text: ("what reaches the default service by its integration " + ($natives | join(", ")) + " is a second page beside that of the hub"),
        remedy: "remove the integration, or let no monitor and no rule use it"}]
    else [{level: "ok", text: "the default service has no integration with Datadog or ServiceNow"}] end
end
