# Reference of a new incident -> the work note on the closed one before it.

{work_notes: ("[fusion:" + $step.id + "] Goes on in " + .number + ": " + .url)}
