# Datadog incident, or search result -> platform reference, or references. Datadog knows no acknowledged state.
# The setting app-url holds the web application's base URL: the API returns no link for people.

def text: if . == null then "" else tostring end;

def severity:
  {"SEV-0": "P1", "SEV-1": "P1", "SEV-2": "P2", "SEV-3": "P3", "SEV-4": "P4", "SEV-5": "P5"}[.] // "";

def key:
  (.fields.summary.value | text)
  | [if contains("fx-") then capture("(?<key>fx-[0-9a-f]{32}(\\.[0-9]+)?)").key else empty end] | first // "";

def reference:
  {
    id: (.id | text),
    number: ("#" + (.attributes.public_id | text)),
    url: ($settings["app-url"] + "/incidents/" + (.attributes.public_id | text)),
    key: (.attributes | key),
    status: (.attributes.state // .attributes.fields.state.value | text
      | if . == "resolved" or . == "completed" then "resolved" elif . == "" then "" else "active" end),
    priority: (.attributes.severity // .attributes.fields.severity.value | text | severity),
    time: (.attributes.modified // .attributes.created | text)
  };

if .data.type == "incidents_search_results" then [.data.attributes.incidents[].data | reference] else .data | reference end
