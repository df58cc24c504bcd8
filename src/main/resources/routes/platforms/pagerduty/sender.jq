# Users of the account -> the one that acts for the hub. Without one no write will be taken.

[.users[] | select((.email // "" | ascii_downcase) == ($settings.from | ascii_downcase)) | {id, email}]
| if length == 0 then error("no user of the account has the address " + $settings.from + " (fusion.pagerduty.from)") else .[0] end
