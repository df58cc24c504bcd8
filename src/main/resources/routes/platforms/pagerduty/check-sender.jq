# Users that fit the address of fusion.pagerduty.from -> what is wrong with it.
if (.users | type) != "array" then error("no list of users")
else
  ([.users[] | select(.email != null and (.email | ascii_downcase) == ($settings.from | ascii_downcase))] | first) as $user
  | if $user == null then
      [{level: "error", text: ("there is no user " + $settings.from + ": PagerDuty refuses all that the hub writes"),
        remedy: "set fusion.pagerduty.from to the e-mail of a user of the account"}]
    elif ($user.role // "") | test("^(read_only_user|read_only_limited_user|observer|restricted_access)$") then
      [{level: "error", text: ($settings.from + " has the role " + $user.role + ", which may not write incidents"),
        remedy: "give it the role of a responder or manager"}]
    else [{level: "ok", text: ("writes in the name of " + ($user.name // $settings.from))}] end
end
