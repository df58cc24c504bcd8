# List of priorities -> the id of each by its name. Priorities are free objects of an account, matched by name.

[.priorities[]? | {(.name | ascii_upcase): .id}] | add // {}
