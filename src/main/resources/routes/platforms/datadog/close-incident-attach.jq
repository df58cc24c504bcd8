# Step -> the attachment of a second incident that leads to the first.

{data: {type: "incident_attachments", attributes: {attachment_type: "link", attachment: {documentUrl: .reference.url, title: ("Duplicate of " + .reference.number)}}}}
