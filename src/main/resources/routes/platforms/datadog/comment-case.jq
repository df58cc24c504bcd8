# Step -> Datadog case comment with the links. The mark at its start is how our own comments are known again.

{data: {type: "case", attributes: {comment: ("[fusion:" + .id + "]\n" + ([.links | to_entries[] | .key + " " + .value.number + ": " + .value.url] | join("\n")))}}}
