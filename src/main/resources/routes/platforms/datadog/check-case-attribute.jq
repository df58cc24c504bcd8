# The custom attributes of the case type -> whether that of fusion.datadog.case-attribute is there.
$settings["case-attribute"] as $key
| if (.data | type) != "array" then error("no list of attributes")
  else
    ([.data[].attributes | select(.key == $key)] | first) as $found
    | if $found == null then
        [{level: "error", text: ("the case type has no attribute " + $key + ": cases are refused"),
          remedy: "declare it as TEXT, or leave fusion.datadog.case-attribute empty"}]
      elif $found.type != "TEXT" then
        [{level: "error", text: ("the attribute " + $key + " of cases is of the type " + $found.type), remedy: "declare one that is TEXT"}]
      else [{level: "ok", text: ("cases are found again by their attribute " + $key)}] end
  end
