# Step -> filter of a case search: our key, in the custom attribute where one is configured.

(if (.target.caseAttribute // "") == "" then "" else .target.caseAttribute + ":" end) + "\"" + .key + "\""
