# The name of a webhook that cannot be read -> what that means.
[{level: "warning", text: ("there is no webhook " + . + ", or it may not be read"),
  remedy: "bin/fusion setup-webhooks --platform datadog, unless this hub's webhooks have another name"}]
