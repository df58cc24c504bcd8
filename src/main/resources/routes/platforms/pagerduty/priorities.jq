# List of priorities, the most severe first -> what their names mean, and which object each of ours is sent as. They are free
# objects of an account: P1 to P5 by their names, "P1 - Critical" and "SEV-1" by the number, any others by their order.

def reference: {id, type: "priority_reference"};

def number: "^(P|SEV|SEVERITY|PRIORITY)[- ]?(?<number>[0-5])([^0-9].*)?$";

[.priorities[]?] | to_entries | map(
  .key as $order
  | .value
  | (.name | ascii_upcase) as $name
  | (if $name | test(number) then $name | capture(number).number | tonumber else $order + 1 end) as $rank
  | {name, object: reference, exact: ($name | test("^P[1-5]$")), ours: ("P" + ([1, ([5, $rank] | min)] | max | tostring))}
)
| {
    means: (map({(.name): .ours}) | add // {}),
    # The first of several counts, an exact one before all.
    sent: (sort_by(.exact) | (map(select(.exact | not)) | reverse) + map(select(.exact)) | map({(.ours): .object}) | add // {})
  }
