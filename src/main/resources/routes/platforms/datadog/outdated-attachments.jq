# Attachments of an incident -> those that show what a link of the step takes the place of.

if (.data | type) != "array" then error("no list of attachments") else
  [$step.links | keys[] | $step.shown[.] // empty] as $outdated
  | [.data[] | (.attributes.attachment.documentUrl // "") as $url | select(any($outdated[]; . == $url)) | {id}]
end
