# The project of fusion.datadog.project-id -> that cases go there.
if (.data.id // "") == "" then error("no project")
else [{level: "ok", text: ("cases go to the project " + (.data.attributes.name // .data.attributes.key // .data.id))}] end
