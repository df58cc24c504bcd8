# Step -> the comment that says why a second case is closed.

{data: {type: "case", attributes: {comment: ("[fusion:" + .id + "] Duplicate of " + .reference.url)}}}
