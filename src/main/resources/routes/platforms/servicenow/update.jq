# Step -> what must change on a ServiceNow incident. Impact and urgency stay untouched while the priority is right, or
# a person's 2/1 would be overwritten by 1/2. Resolving needs code and notes in the same write; reopening goes to 2.

(if .known.status == .status then {}
 elif .status == "resolved" then
   {state: .sent.status, close_code: (.target.closeCode // "Solution provided"), close_notes: ("Resolved by " + .origin.platform + ", " + .id)}
 else {state: .sent.status} end)
+ (if .known.priority == .priority then {} else .sent.priority end)
+ (if .newTitle == null then {} else
     {short_description: (((if .reference.ours then "[" + .priority + "] " else "" end) + .newTitle)[0:160])} end)
