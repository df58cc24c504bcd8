# Step -> ServiceNow work note with what somebody wrote on another platform; its text begins with our mark. The tag that has HTML
# rendered is made harmless: whoever writes on another platform is not to put HTML into the ticket.

{work_notes: (.comment.text | gsub("\\[(?<end>/?)code\\]"; "(" + .end + "code)"; "i"))}
