# The project of fusion.datadog.project-id could not be read -> what that means.
[{level: "error",
  text: ("the project " + $settings["project-id"] + " of fusion.datadog.project-id is not there, or may not be read: no case can be opened"),
  remedy: "set it to the id of a project of Case Management, and give the application key cases_read and cases_write"}]
