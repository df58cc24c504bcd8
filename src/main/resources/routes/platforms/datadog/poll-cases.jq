# Datadog cases -> what a poll has found, each in a form that only polls send: there are no webhooks of cases. And what is read next:
# after the open ones the hundred newest of those that are closed, then each that neither list held and whose incident is open, or is over
# and looked at now, then the comments of those that have others than were known. In: a page of a search, or a list of single answers.

def text: if . == null then "" else tostring end;

def told_at: (.attributes.modified_at // .attributes.created_at | text);

def found: [.[] | select(told_at[0:19] >= $step.begun.iso[0:19])
            | {id: ((.id | text) + "/" + told_at), data: {schema: "datadog-case-1", case: ., org: {id: $step.account}}}];

# What carries no key of ours, and stands behind no open incident, is somebody else's.
def is_ours: $step.records[.id | text] != null or (tostring | test("fx-[0-9a-f]{32}"));

# In a job the comments are read by the poll of links.
def commented: if $step.singly == false then [] else
  [.[] | (.attributes.comment_count // 0) as $count
       | select($step.records[.id | text] != null and $count != (($step.memory // {})[.id] // 0)) | {id: .id, count: $count}] end;

(($step.memory // {}) | with_entries(select($step.records[.key] != null))) as $memory
| if type == "array" then
    ([.[].data // empty]) as $read
    | (($step.next.timelines // []) + ($read | commented)) as $timelines
    | {
        found: ($read | found),
        memory: $memory,
        next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:], timelines: $timelines}
               elif ($timelines | length) > 0 then {timelines: $timelines}
               else null end)
      }
  elif (.data | type) != "array" then error("no list of cases")
  else
    .data as $page
    | (($step.next.met // []) + [$page[].id | text | select($step.records[.] != null)]) as $met
    | (($step.next.timelines // []) + ($page | commented)) as $timelines
    | {
        found: ([$page[] | select(is_ours)] | found),
        memory: $memory,
        next: (if $step.next.closed != true and ($page | length) >= 100 then
                 {page: (($step.next.page // 1) + 1), met: $met, timelines: $timelines}
               elif $step.next.closed != true then {page: 1, closed: true, met: $met, timelines: $timelines}
               else
                 ($met | map({key: ., value: true}) | from_entries) as $seen
                 | ([($step.ended + $step.standing)[].records.case // empty | .id | select($seen[.] | not)] | unique) as $read
                 | if ($read | length) > 0 then {read: $read, timelines: $timelines}
                   elif ($timelines | length) > 0 then {timelines: $timelines}
                   else null end
               end)
      }
  end
