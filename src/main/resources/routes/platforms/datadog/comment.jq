# Step -> Datadog case comment with what somebody wrote on another platform; its text begins with our mark.

{data: {type: "case", attributes: {comment: .comment.text}}}
