# Incident -> where it is opened: the same for all.

{
  project: $settings["project-id"],
  caseType: $settings["case-type-id"],
  caseAttribute: $settings["case-attribute"],
  incidentField: $settings["incident-field"]
}
