# Step -> ServiceNow work note with the links, and on a record that a person logged our key and mark, where nobody else's
# stand.

.shown as $shown
| {work_notes: ("[fusion:" + .id + "]\n" + ([.links | to_entries[] | .key + " " + .value.number + ": " + .value.url
  + (if $shown[.key] == null then "" else " (instead of " + $shown[.key] + ")" end)
  + "\n[code]<a href=\"" + (.value.url | @html) + "\" target=\"_blank\">" + .key + " " + (.value.number | @html) + "</a>[/code]"] | join("\n")))}
+ (if .reference.ours or .reference.keyTaken then {} else {correlation_id: .key, correlation_display: "fusion-hub"} end)
