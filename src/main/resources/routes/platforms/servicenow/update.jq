# Step -> what must change on a ServiceNow incident. Impact and urgency stay untouched while the priority is right, or
# a person's 2/1 would be overwritten by 1/2. Resolving needs code and notes in the same write; reopening goes to 2.

(if .known.status == .status then {}
 elif .status == "resolved" then
   {state: "6", close_code: (.target.closeCode // "Solution provided"), close_notes: ("Resolved by " + .origin.platform + ", " + .id)}
 else {state: "2"} end)
+ (if .known.priority == .priority then {}
   else {
     impact: {"P1": "1", "P2": "1", "P3": "2", "P4": "2", "P5": "3"}[.priority],
     urgency: {"P1": "1", "P2": "2", "P3": "2", "P4": "3", "P5": "3"}[.priority]
   } end)
