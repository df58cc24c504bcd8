# The custom fields of incidents -> whether links have fields of their own. A link whose field is missing is a note.
if (.fields | type) != "array" then error("no list of fields")
else
  [.fields[] | select(.enabled != false) | .name] as $there
  | (["datadog_incident_url", "servicenow_incident_url"] - $there) as $missing
  | if ($missing | length) > 0 then
      [{level: "warning", text: ("incidents have no custom field " + ($missing | join(", ")) + ": links are written as notes"),
        remedy: "define it as a URL for the incident type incident_default"}]
    else [{level: "ok", text: "links are written into custom fields"}] end
end
