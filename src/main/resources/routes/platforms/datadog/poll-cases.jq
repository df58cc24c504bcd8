# Datadog cases -> what a poll has found, each in a form that only polls send: there are no webhooks of cases. And which of open
# incidents of ours are not among those that are open, and are read next. In: a page of a search, or a list of single answers.

def text: if . == null then "" else tostring end;

def told_at: (.attributes.modified_at // .attributes.created_at | text);

def found: [.[] | select(told_at[0:19] >= $step.begun.iso[0:19])
            | {id: ((.id | text) + "/" + told_at), data: {schema: "datadog-case-1", case: ., org: {id: $step.account}}}];

# What carries no key of ours, and stands behind no open incident, is somebody else's.
def is_ours($known): (tostring | test("fx-[0-9a-f]{32}")) or (.id as $id | $known | index($id));

[$step.standing[].records.case // empty | .id] as $known
| if type == "array" then
    {
      found: ([.[].data // empty] | found),
      next: (if ($step.next.read | length) > 20 then {read: $step.next.read[20:]} else null end)
    }
  elif (.data | type) != "array" then error("no list of cases")
  else
    .data as $page
    | (($step.next.open // []) + [$page[].id] | unique) as $open
    | ([$known[] | select(. as $id | $open | index($id) | not)] | unique) as $read
    | {
        found: ([$page[] | select(is_ours($known))] | found),
        next: (if ($page | length) >= 100 then {page: (($step.next.page // 1) + 1), open: $open}
               elif ($read | length) > 0 then {read: $read}
               else null end)
      }
  end
