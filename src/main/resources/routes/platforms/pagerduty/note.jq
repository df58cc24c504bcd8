# Step -> PagerDuty note with the links. The mark at its start is how our own comments are known again.

{note: {content: ("[fusion:" + .id + "]\n" + ([.links | to_entries[] | .key + " " + .value.number + ": " + .value.url] | join("\n")))}}
