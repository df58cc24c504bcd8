# The account's priorities -> which of them are taken for P1 and P2.
if (.priorities | type) != "array" then error("no list of priorities")
elif (.priorities | length) == 0 then
  [{level: "warning", text: "the account has no priorities: pages have an urgency only", remedy: "add some in the account's settings"}]
else
  ($lists.priorities.means // {}) as $means
  | [.priorities[].summary] as $names
  | [$names[] | select(($means[.] // .) == "P1")] as $first
  | [$names[] | select(($means[.] // .) == "P2")] as $second
  | if ($first | length) == 0 or ($second | length) == 0 then
      [{level: "warning", text: ("of the priorities " + ($names | join(", ")) + " none is taken for P1, or none for P2"),
        remedy: "name them P1 and P2, or add their names to the table priority of platform.yaml in a mounted folder"}]
    else [{level: "ok", text: ("P1 is " + ($first | join(", ")) + ", P2 is " + ($second | join(", ")))}] end
end
