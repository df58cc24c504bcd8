# The fields of incidents -> whether that of fusion.datadog.incident-field is there, and which the organisation demands.
($settings["incident-field"] // "") as $name
| if (.data | type) != "array" then error("no list of fields")
  else
    ([.data[].attributes | select(.name == $name)] | first) as $found
    | [.data[].attributes | select(.required == true and .name != $name) | .display_name // .name] as $required
    | (if $name == "" then
         [{level: "ok", text: "incidents are found again by a search for text: fusion.datadog.incident-field is empty"}]
       elif $found == null then
         [{level: "error", text: ("incidents have no field " + $name), remedy: "declare it as a text array, or leave fusion.datadog.incident-field empty"}]
       elif $found.type != 4 then
         [{level: "error", text: ("the field " + $name + " of incidents is no text array: it cannot be searched"), remedy: "declare one that is"}]
       else [{level: "ok", text: ("incidents are found again by their field " + $name)}] end)
      + (if ($required | length) > 0 then
         [{level: "warning", text: ("the organisation demands of incidents: " + ($required | join(", ")) + ", which the hub does not fill"),
           remedy: "add them to open-incident.jq in a mounted folder, if incidents are refused without them"}]
       else [] end)
  end
