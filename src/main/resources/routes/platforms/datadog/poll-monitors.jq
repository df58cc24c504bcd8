# Groups of monitors that alert -> which monitors are read next: first those of groups that alert and stand behind no incident, then
# those behind open incidents whose own group is not among them. In: a page of the search. In the memory of the poll:
# `groups`: by group, in how many rounds it was met (3: it needs no look any more), and in how many rounds since it was not;
# `looked`: by group, when its monitor may be read again. Which of those it means is read, so that 1,000 open incidents cost ten calls
# of the search and a single read now and then.

def text: if . == null then "" else tostring end;

def group: [split(",")[] | sub("^\\s+"; "") | sub("\\s+$"; "") | select(. != "" and . != "*")] | sort | join(",");

def pair: (.monitor_id | text) + "@" + (.group | text | group);

# With fusion.datadog.group-by=monitor, and of an incident of before 30 November 2026, the group is not known: all groups of its monitor
# count as its own.
def own: if (.seriesName | text | contains("@")) then
    (.seriesName | sub("@.*$"; "")) + "@" + (.seriesName | sub("^[^@]*@"; "") | group)
  else (.subject | text) + "@?" end;

def origins: [.[].origin // empty | select(.source == "datadog.monitor")];

# To the end of its second. What began before polling did is opened by its webhook only.
def is_new: ([.last_triggered_ts // 0, .last_nodata_ts // 0] | max) * 1000 + 999 >= $step.begun.millis;

def most: 100;

def set: [.[] | {key: ., value: true}] | from_entries;

# An incident whose group is not known has all of them.
def has_any($set): $set[.] or $set[sub("@.*$"; "@?")];

# Rows move between pages while they are read, so a group is forgotten when four rounds in a row have not met it.
def remembered($handled; $others):
  (.groups // {}) as $before
  | ([$handled[] | {key: ., value: {rounds: 3, missed: 0}}]
     + [$others[] | {key: ., value: {rounds: ([($before[.].rounds // 0) + 1, 3] | min), missed: 0}}]) as $met
  | ([$met[].key] | set) as $names
  | ([$before | to_entries[] | select($names[.key] | not) | select(.value.missed < 3) | .value.missed = .value.missed + 1]) as $missed
  | ($met + $missed)[0:2000] | from_entries;

if (.groups | type) != "array" then error("no list of groups")
else
  # What may be an alert that nobody has told, and all others. They are compared with what is open once, at the end.
  (($step.next.fresh // []) + [.groups[] | select((.muted | not) and is_new) | pair]) as $fresh
  | (($step.next.met // []) + [.groups[] | select(.muted or (is_new | not)) | pair]) as $met
  | if (.metadata.page // 0) + 1 < (.metadata.page_count // 0) then
      {found: [], memory: $step.memory, next: {page: ((.metadata.page // 0) + 1), fresh: $fresh, met: $met}}
    else
      ([$step.standing | origins[] | own] | unique) as $wanted
      | ($wanted | set) as $open
      | ([$wanted[], ($step.ended // [] | origins[] | own)] | set) as $known
      | ([($met + $fresh)[] | select(has_any($open))] | unique) as $alerting
      | ([($met + $fresh)[] | select(has_any($known))] | unique) as $handled
      | ([$fresh[] | select(has_any($known) | not)] | unique) as $others
      | ($step.memory // {}) as $memory
      # Nothing is remembered of before this version looked, only of a poll that has just begun there is nothing to remember.
      | (if $memory.groups == null and $step.begun.millis + 120000 < $step.now.millis then {groups: ([$others[] | {key: ., value: {rounds: 3, missed: 0}}] | from_entries)} else $memory end) as $base
      # Webhook and event of an alert may come 100 s after the search shows it: three rounds are waited for them.
      | [$others[] | select($base.groups[.].rounds == 2)] as $ripe
      | (if ($step.account // "") == "" then [] else $ripe[0:most] end) as $alerts
      | (($ripe - $alerts) | set) as $later
      | ($base | remembered($handled; [$others[] | select($later[.] | not)])) as $groups
      | (($alerting + [$alerting[] | sub("@.*$"; "@?")]) | set) as $loud
      | [$wanted[] | select($loud[.] | not)] as $silent
      | ($silent | set) as $quiet
      | (($memory.looked // {}) | with_entries(select($quiet[.key]))) as $looked
      | ([$alerts[] | sub("@.*$"; "")] | unique) as $first
      | ([$silent[] | select(($looked[.] // 0) <= $step.now.millis) | sub("@.*$"; "")] | unique) as $due
      | ($first + ($due - $first))[0:most] as $read
      | {
          found: [],
          memory: {groups: $groups, looked: $looked},
          next: (if ($read | length) > 0 then {read: $read, alerts: $alerts} else null end)
        }
    end
end
