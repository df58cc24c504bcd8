# What a poll is told -> the search for groups of monitors that alert and have an opened priority.

"group_status:(alert OR \"no data\" OR warn) priority:(" + ([.priorities[] | ascii_downcase] | join(" OR ")) + ")"
