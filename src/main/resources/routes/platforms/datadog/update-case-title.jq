# Step -> the title of a case. The priority stands before it on a record of ours.

{data: {type: "case", attributes: {title: (((if .reference.ours then "[" + .priority + "] " else "" end) + .newTitle)[0:255])}}}
