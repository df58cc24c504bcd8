# Step -> PagerDuty note with what somebody wrote on another platform; its text begins with our mark.

{note: {content: .comment.text}}
