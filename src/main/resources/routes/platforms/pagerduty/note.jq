# Step -> PagerDuty note with the links. The mark at its start is how our own comments are known again.

.shown as $shown
| {note: {content: ("[fusion:" + .id + "]\n" + ([.links | to_entries[] | .key + " " + .value.number + ": " + .value.url
  + (if $shown[.key] == null then "" else " (instead of " + $shown[.key] + ")" end)] | join("\n")))}}
