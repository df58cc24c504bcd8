# Attachments of an incident -> those that show what a link of the step takes the place of.

[$step.links | keys[] | $step.shown[.] // empty] as $outdated
| [.[] | (.attributes.attachment.documentUrl // "") as $url | select(any($outdated[]; . == $url)) | {id}]
