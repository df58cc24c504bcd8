# Datadog case, or search result -> platform reference, or references.
# The setting app-url holds the web application's base URL: the API returns no link for people.

def text: if . == null then "" else tostring end;

# Our key: in the custom attribute where there is one, else the last line of the description.
def key:
  [(.custom_attributes // {} | to_entries[] | .value.value | if type == "array" then .[] else . end | select(type == "string")),
   (.description | text)]
  | map(select(contains("fx-")) | capture("(?<key>fx-[0-9a-f]{32}(\\.[0-9]+)?)").key)
  | first // "";

def reference:
  {
    id: (.id | text),
    number: (.attributes.key | text),
    url: ($settings["app-url"] + "/cases/" + (.attributes.key | text)),
    key: (.attributes | key),
    title: (.attributes.title | text),
    status: (.attributes.status_group | text),
    priority: (.attributes.priority | text),
    time: (.attributes.modified_at // .attributes.created_at | text)
  };

if .data | type == "array" then [.data[] | reference] else .data | reference end
