# The project of fusion.datadog.project-id -> that cases go there, and what else opens records for them by itself.
def second($what; $off):
  {level: "error", text: ("the project makes a second record: " + $what), remedy: ("switch off " + $off + " in the project's settings")};

if (.data.id // "") == "" then error("no project")
else
  (.data.attributes.settings // {}) as $settings
  | [{level: "ok", text: ("cases go to the project " + (.data.attributes.name // .data.attributes.key // .data.id))}]
    + (if $settings.integration_incident.enabled == true then
         [second("cases are escalated to incidents by themselves, beside that of the hub"; "the escalation to incidents")] else [] end)
    + (if $settings.integration_service_now.enabled == true and $settings.integration_service_now.auto_creation.enabled == true then
         [second("a ServiceNow incident is opened for each case, beside that of the hub"; "the automatic creation in ServiceNow")] else [] end)
    + (if $settings.integration_monitor.enabled == true then
         [{level: "warning", text: "monitors may open cases in the project by themselves: one that also notifies the hub gets two",
           remedy: "take the project's handle out of the messages of monitors that notify the hub"}] else [] end)
end
