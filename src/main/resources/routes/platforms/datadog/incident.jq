# Datadog incident, or search result -> platform reference, or references. Datadog knows no acknowledged state.
# The setting app-url holds the web application's base URL: the API returns no link for people.

def text: if . == null then "" else tostring end;

def key:
  (.fields.summary.value | text)
  | [if contains("fx-") then capture("(?<key>fx-[0-9a-f]{32}(\\.[0-9]+)?)").key else empty end] | first // "";

def reference:
  {
    id: (.id | text),
    number: ("#" + (.attributes.public_id | text)),
    url: ($settings["app-url"] + "/incidents/" + (.attributes.public_id | text)),
    key: (.attributes | key),
    title: (.attributes.title | text),
    status: (.attributes.state // .attributes.fields.state.value | text),
    priority: (.attributes.severity // .attributes.fields.severity.value | text),
    time: (.attributes.modified // .attributes.created | text)
  };

if .data.type == "incidents_search_results" then [.data.attributes.incidents[].data | reference] else .data | reference end
