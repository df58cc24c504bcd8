# A link -> an attachment of an incident.

{data: {type: "incident_attachments", attributes: {attachment_type: "link", attachment: {documentUrl: .url, title: (.place + " " + .number)}}}}
